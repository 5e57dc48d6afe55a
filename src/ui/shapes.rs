//! The few shapes that several screens use.

use web_sys::Node;

use super::dom::{El, el};

/// The heading of a screen; it takes the focus when the screen comes.
pub fn heading(name: &str) -> El {
    el("h1").attr("tabindex", "-1").text(name)
}

/// The main button of its place.
pub fn button(name: &str, act: impl FnMut() + 'static) -> El {
    el("button")
        .attr("type", "button")
        .class("button")
        .text(name)
        .on_click(act)
}

/// A button for what is done less often.
pub fn quiet_button(name: &str, act: impl FnMut() + 'static) -> El {
    button(name, act).class("button button-quiet")
}

/// The one big button of a screen.
pub fn big_button(name: &str, act: impl FnMut() + 'static) -> El {
    button(name, act).class("button button-big")
}

/// A part of a page of settings.
pub fn group(name: &str) -> El {
    el("section")
        .class("settings-group")
        .child(el("h2").text(name))
}

/// A muted line.
pub fn muted(text: &str) -> El {
    el("p").class("muted").text(text)
}

/// A list of names with values.
pub fn facts(facts: impl IntoIterator<Item = (&'static str, String)>) -> El {
    let items = facts.into_iter().map(|(name, value)| {
        let item = el("div").class("due-kind");
        Node::from(item.child(el("dt").text(name)).child(el("dd").text(&value)))
    });
    el("dl").class("due-kinds").children(items)
}

/// Names with values, one below the other.
pub fn facts_list(facts: impl IntoIterator<Item = (&'static str, String)>) -> El {
    let rows = facts
        .into_iter()
        .flat_map(|(name, value)| [el("dt").text(name).into(), el("dd").text(&value).into()]);
    el("dl").class("facts").children(rows)
}

/// A field with its label.
pub fn field(label: &str, control: El) -> El {
    el("label")
        .class("field")
        .child(el("span").text(label))
        .child(control)
}

/// A choice among values with names; `chosen` is the value at the start.
pub fn select(choices: &[(&str, &str)], chosen: &str) -> El {
    let options = choices.iter().map(|(value, name)| {
        let option = el("option").attr("value", value).text(name);
        let option = if *value == chosen {
            option.attr("selected", "")
        } else {
            option
        };
        Node::from(option)
    });
    el("select").children(options)
}
