//! What the screens are called in the title of the page.

use deck::CardId;

use super::app::App;
use super::route::Route;

impl App {
    /// The title of a screen.
    pub(super) fn title(&self, route: Route) -> String {
        let screen = match route {
            Route::Today => "Today",
            Route::Study => "Study",
            Route::Cards => "Cards",
            Route::Deck(id) => self.deck_of(id).unwrap_or("Cards"),
            Route::Changes => "What changed",
            Route::Settings => "Settings",
            Route::Storage => "Storage and backups",
            Route::Devices => "Devices",
            Route::NotFound => "No such page",
            Route::Card(id) => self.question_of(id).unwrap_or("No such card"),
        };
        format!("{screen} · Quire")
    }

    fn deck_of(&self, id: CardId) -> Option<&'static str> {
        let index = self.bundle().find(&id)?;
        let deck = self.bundle().card(index).deck();
        Some(self.bundle().deck(deck).title())
    }

    fn question_of(&self, id: CardId) -> Option<&'static str> {
        let index = self.bundle().find(&id)?;
        Some(self.bundle().card(index).question())
    }
}
