//! Finding things as assistive technology does: by the role and the name that the browser computes.

use crate::wire::{self, ELEMENT_KEY};
use fantoccini::Client;
use fantoccini::error::CmdError;
use serde_json::{Value, json};
use std::fmt;

/// What is looked for on a page.
#[derive(Clone, Debug)]
pub struct Look {
    roles: &'static [&'static str],
    name: Name,
}

/// Which accessible name it has.
#[derive(Clone, Debug)]
pub enum Name {
    /// This whole name.
    Is(String),
    /// A name that begins like this, such as a grade that also tells its interval.
    Begins(String),
    /// A name that begins and ends like this.
    Between(String, String),
    /// A name, or for a status or an alert a text, that has this within.
    Has(String),
    /// Any name.
    Any,
}

/// A thing that was found.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) id: String,
    pub(crate) name: String,
}

impl Look {
    /// A button of this name.
    pub fn button(name: &str) -> Self {
        Self::named(&["button"], name)
    }

    /// A button whose name begins like this.
    pub fn button_beginning(start: &str) -> Self {
        Self {
            roles: &["button"],
            name: Name::Begins(start.to_owned()),
        }
    }

    /// A button whose name begins and ends like this.
    pub fn button_between(start: &str, end: &str) -> Self {
        Self {
            roles: &["button"],
            name: Name::Between(start.to_owned(), end.to_owned()),
        }
    }

    /// A link of this name.
    pub fn link(name: &str) -> Self {
        Self::named(&["link"], name)
    }

    /// The page's main heading.
    pub fn heading(name: &str) -> Self {
        Self::named(&["heading"], name)
    }

    /// A form control with this label, of whatever kind.
    pub fn field(label: &str) -> Self {
        let roles = &[
            "combobox",
            "listbox",
            "spinbutton",
            "slider",
            "textbox",
            "searchbox",
            "checkbox",
            "switch",
            "radiogroup",
        ];
        Self::named(roles, label)
    }

    /// A radio button with this label.
    pub fn radio(label: &str) -> Self {
        Self::named(&["radio"], label)
    }

    /// A region of the page.
    pub fn region(name: &str) -> Self {
        Self::named(&["region"], name)
    }

    /// A message that is announced at once.
    pub fn alert(text: &str) -> Self {
        Self {
            roles: &["alert"],
            name: Name::Has(text.to_owned()),
        }
    }

    /// A message that is announced when there is time.
    pub fn status(text: &str) -> Self {
        Self {
            roles: &["status"],
            name: Name::Has(text.to_owned()),
        }
    }

    /// A picture that says this of itself.
    pub fn picture(text: &str) -> Self {
        Self::named(&["img", "image"], text)
    }

    /// How far a thing has come.
    pub fn progress(name: &str) -> Self {
        Self::named(&["progressbar"], name)
    }

    /// Everything with the same role, whatever its name.
    pub(crate) fn whatever_name(&self) -> Self {
        Self {
            roles: self.roles,
            name: Name::Any,
        }
    }

    fn named(roles: &'static [&'static str], name: &str) -> Self {
        Self {
            roles,
            name: Name::Is(name.to_owned()),
        }
    }

    /// Everything on the page that fits, in the order of the page.
    ///
    /// # Errors
    /// A page that changes meanwhile: the caller looks again.
    pub(crate) async fn all(&self, client: &Client) -> Result<Vec<Found>, CmdError> {
        let selectors: Vec<&str> = self.roles.iter().map(|role| selector(role)).collect();
        let argument = json!(selectors.join(","));
        let candidates = client.execute(VISIBLE, vec![argument]).await?;
        let mut found = Vec::new();
        for candidate in candidates.as_array().into_iter().flatten() {
            let Some(id) = candidate[ELEMENT_KEY].as_str() else {
                continue;
            };
            if let Some(name) = self.fitting_name(client, id).await? {
                let id = id.to_owned();
                found.push(Found { id, name });
            }
        }
        Ok(found)
    }

    /// The name of the element, if that and the role are what is looked for.
    async fn fitting_name(&self, client: &Client, id: &str) -> Result<Option<String>, CmdError> {
        let name = self.name_of(client, id).await?;
        let fits = self.name.fits(&name);
        let may_be_field = self.roles.contains(&"combobox");
        if !fits && !may_be_field {
            return Ok(None);
        }
        let role = wire::get(client, format!("element/{id}/computedrole")).await?;
        let has_role = self.roles.iter().any(|wanted| role == *wanted);
        if has_role && fits {
            return Ok(Some(name));
        }
        if !may_be_field || !(has_role || role == "button") {
            return Ok(None);
        }
        // To WebKit a field's name ends with what the field holds, and a list is a button.
        let label = client
            .execute(LABEL_OF_FIELD, vec![json!({ ELEMENT_KEY: id })])
            .await?;
        let label = label.as_str().filter(|label| name.starts_with(label));
        let label = label.filter(|label| self.name.fits(label));
        Ok(label.map(str::to_owned))
    }

    /// Messages are known by their text; everything else by its name.
    async fn name_of(&self, client: &Client, id: &str) -> Result<String, CmdError> {
        let is_message = matches!(self.roles, ["alert"] | ["status"]);
        let path = if is_message {
            format!("element/{id}/text")
        } else {
            format!("element/{id}/computedlabel")
        };
        let name = wire::get(client, path).await?;
        Ok(one_line(&name))
    }
}

impl Name {
    fn fits(&self, name: &str) -> bool {
        match self {
            Self::Is(wanted) => name == wanted,
            Self::Begins(start) => name.starts_with(start.as_str()),
            Self::Between(start, end) => {
                name.starts_with(start.as_str()) && name.ends_with(end.as_str())
            }
            Self::Has(part) => name.contains(part.as_str()),
            Self::Any => true,
        }
    }
}

impl fmt::Display for Look {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let role = match self.roles {
            [role] => role,
            _ => "field",
        };
        match &self.name {
            Name::Is(name) => write!(f, "the {role} “{name}”"),
            Name::Begins(start) => write!(f, "the {role} that begins “{start}”"),
            Name::Between(start, end) => write!(f, "the {role} “{start}… {end}”"),
            Name::Has(part) => write!(f, "the {role} that says “{part}”"),
            Name::Any => write!(f, "a {role}"),
        }
    }
}

/// Elements that may have a role: few enough to ask the browser about each.
fn selector(role: &str) -> &'static str {
    match role {
        "button" => {
            "button,summary,[role=button],input[type=button],input[type=submit],input[type=file]"
        }
        "link" => "a[href],[role=link]",
        // The main heading is the one that names the screen.
        "heading" => "h1,[role=heading][aria-level='1']",
        "region" => "section,[role=region]",
        "alert" => "[role=alert]",
        "status" => "[role=status],output",
        "progressbar" => "progress,[role=progressbar]",
        "img" | "image" => "img,[role=img]",
        "radio" => "input[type=radio],[role=radio]",
        _ => {
            "input,select,textarea,fieldset,[role=combobox],[role=spinbutton],[role=slider],[role=radiogroup],[role=switch]"
        }
    }
}

fn one_line(text: &Value) -> String {
    let text = text.as_str().unwrap_or("");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Keeps what can be seen and reached; the rest is not there for the learner.
const VISIBLE: &str = "
    const hidden = '[inert], [inert] *, [aria-hidden=true], [aria-hidden=true] *';
    return [...document.querySelectorAll(arguments[0])].filter(element =>
        element.checkVisibility({ visibilityProperty: true }) && !element.matches(hidden));
";

/// Null when the element is no field with a label.
const LABEL_OF_FIELD: &str = "
    const [field] = arguments;
    const named = field.getAttribute('aria-label');
    if (named || !field.labels?.length || field.type === 'file') return named;
    const label = field.labels[0].cloneNode(true);
    label.querySelectorAll('select, input, output').forEach(inner => inner.remove());
    return label.textContent.trim().replace(/\\s+/g, ' ');
";
