//! The screens and their addresses below the base.

use deck::CardId;

/// One screen of the app.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Route {
    /// What is due, and the start of a session.
    Today,
    /// The session.
    Study,
    /// All cards.
    Cards,
    /// All cards, from the deck on that holds this card.
    Deck(CardId),
    /// One card, by its id.
    Card(CardId),
    /// What changed in the notes.
    Changes,
    /// Settings, export and import.
    Settings,
    /// Where the log is kept, and its backups.
    Storage,
    /// The devices of the log, and the way from one to another.
    Devices,
    /// An address that is none of these.
    NotFound,
}

impl Route {
    /// The screen of a path below the base; a slash at its end is ignored.
    pub fn parse(path: &str) -> Route {
        let path = path.strip_prefix('/').unwrap_or(path);
        match path.strip_suffix('/').unwrap_or(path) {
            "" | "index.html" => Route::Today,
            "study" => Route::Study,
            "cards" => Route::Cards,
            "changes" => Route::Changes,
            "settings" => Route::Settings,
            "storage" => Route::Storage,
            "devices" => Route::Devices,
            other => id_below("cards/", other)
                .map(Route::Card)
                .or_else(|| id_below("decks/", other).map(Route::Deck))
                .unwrap_or(Route::NotFound),
        }
    }

    /// The path below the base, relative to it, for links and the address bar.
    pub fn path(self) -> String {
        match self {
            Route::Today | Route::NotFound => String::new(),
            Route::Study => "study".to_owned(),
            Route::Cards => "cards".to_owned(),
            Route::Deck(id) => format!("decks/{id}"),
            Route::Card(id) => format!("cards/{id}"),
            Route::Changes => "changes".to_owned(),
            Route::Settings => "settings".to_owned(),
            Route::Storage => "storage".to_owned(),
            Route::Devices => "devices".to_owned(),
        }
    }
}

/// The path of the list of cards, of those that a query names.
pub fn cards_path(query: &str) -> String {
    match query {
        "" => Route::Cards.path(),
        query => format!("{}?{query}", Route::Cards.path()),
    }
}

fn id_below(folder: &str, path: &str) -> Option<CardId> {
    path.strip_prefix(folder)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::Route;

    #[track_caller]
    fn check(path: &str, route: Route) {
        assert_eq!(Route::parse(path), route);
    }

    #[test]
    fn every_screen_has_an_address() {
        check("", Route::Today);
        check("index.html", Route::Today);
        check("study", Route::Study);
        check("study/", Route::Study);
        check("/cards", Route::Cards);
        check("changes", Route::Changes);
        check("settings", Route::Settings);
        check("storage", Route::Storage);
        check("devices", Route::Devices);
        let id = "k3f9x2mq7a".parse().unwrap();
        check("cards/k3f9x2mq7a", Route::Card(id));
        check("decks/k3f9x2mq7a", Route::Deck(id));
    }

    #[test]
    fn an_unknown_address_is_not_today() {
        check("stude", Route::NotFound);
        check("cards/UPPER", Route::NotFound);
        check("cards/a/b", Route::NotFound);
        check("decks/", Route::NotFound);
    }

    #[test]
    fn an_address_leads_back_to_its_screen() {
        let id = "k3f9x2mq7a-2".parse().unwrap();
        for route in [
            Route::Today,
            Route::Study,
            Route::Cards,
            Route::Deck(id),
            Route::Card(id),
            Route::Changes,
            Route::Settings,
            Route::Storage,
            Route::Devices,
        ] {
            check(&route.path(), route);
        }
    }
}
