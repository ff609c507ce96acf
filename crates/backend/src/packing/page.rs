//! The page to read, in the citizen's language. What people wrote goes in as text: every character that means something
//! in HTML is escaped.

use std::fmt::Write as _;

use omasote_rules::questionnaires::Prepared;
use omasote_types::Instant;
use omasote_types::attachments::Attachment;
use omasote_types::audit::{Access, AccessAction, AccessGround};
use omasote_types::events::{Event, EventState};
use omasote_types::language::Language;
use omasote_types::messages::{Link, LinkKind, Message, Sender};
use omasote_types::questionnaires::{Answer, Item};
use omasote_types::records::Record;
use omasote_types::tasks::TaskResponse;

use super::measurements;
use super::texts;
use crate::services::exports::{Everything, Matter, TaskDone};

const STYLE: &str = "body{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;\
color:#1b1f24;background:#fff}h2{margin-top:2.5rem;border-bottom:2px solid #d6dae0}h3{margin-bottom:.25rem}\
dt{font-weight:600}dd{margin:0 0 .5rem}.message{margin:.75rem 0;padding:.5rem .75rem;border-left:4px solid #d6dae0}\
.unit{border-color:#1d6b6b}.text{white-space:pre-wrap;overflow-wrap:anywhere}.small{color:#4a5360;font-size:.9rem}\
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.25rem .5rem;border-bottom:1px solid #d6dae0;\
vertical-align:top}";

/// Writes it.
pub(super) fn write(everything: &Everything, now: Instant) -> String {
    let page = Page { language: everything.citizen.language };
    let sections = [
        page.person(everything),
        page.messages(everything),
        page.tasks(everything),
        page.events(everything),
        page.measurements(everything),
        page.proxies(everything),
        page.viewers(everything),
    ];
    let head = format!(
        "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>{title}</title><style>{STYLE}</style></head><body><h1>{title}</h1>\
         <p>{}</p><p class=\"small\">{}</p>\n",
        page.language.code(),
        page.text("intro"),
        page.fill("packed", "time", &page.time(now)),
        title = page.text("title"),
    );
    head + &sections.concat() + &page.accesses(&everything.accesses) + "</body></html>\n"
}

struct Page {
    language: Language,
}

impl Page {
    fn text(&self, key: &str) -> &'static str {
        texts::of(self.language).get(key).map_or("", String::as_str)
    }

    fn fill(&self, key: &str, place: &str, with: &str) -> String {
        self.text(key).replace(&format!("{{{place}}}"), &escape(with))
    }

    /// By the clock in Finland.
    fn time(&self, at: Instant) -> String {
        let format = match self.language {
            Language::Fi => "%-d.%-m.%Y klo %-H.%M",
            Language::Sv => "%-d.%-m.%Y kl. %-H.%M",
            Language::En => "%-d %B %Y at %-H:%M",
        };
        at.with_timezone(&chrono_tz::Europe::Helsinki).format(format).to_string()
    }

    fn section(&self, title: &str, content: &str) -> String {
        format!("<section><h2>{}</h2>{content}</section>\n", self.text(title))
    }

    fn person(&self, everything: &Everything) -> String {
        let citizen = &everything.citizen;
        let name = format!("{} {}", citizen.given_name, citizen.family_name);
        let born = citizen.birth_date.format("%-d.%-m.%Y").to_string();
        let lines = [
            ("name", Some(&name)),
            ("identity_code", Some(&everything.identity_code)),
            ("born", Some(&born)),
            ("address", citizen.contact.address.as_ref()),
            ("municipality", citizen.contact.municipality.as_ref()),
            ("phone", citizen.contact.phone.as_ref()),
        ];
        let lines = lines.into_iter().filter_map(|(key, value)| Some((key, value?)));
        let list: String = lines
            .map(|(key, value)| format!("<dt>{}</dt><dd>{}</dd>", self.text(key), escape(value)))
            .collect();
        let protected = if citizen.is_non_disclosed { self.text("protected") } else { "" };
        self.section("person", &format!("<dl>{list}</dl><p>{protected}</p>"))
    }

    fn messages(&self, everything: &Everything) -> String {
        let matters: String = everything.matters.iter().map(|matter| self.matter(matter)).collect();
        self.section("messages", self.or_nothing(&matters, "no_messages").as_str())
    }

    fn or_nothing(&self, content: &str, nothing: &str) -> String {
        if content.is_empty() { format!("<p>{}</p>", self.text(nothing)) } else { content.to_owned() }
    }

    fn matter(&self, matter: &Matter) -> String {
        let thread = &matter.thread;
        let (topic, unit) = (thread.topic.text(self.language), thread.unit.name.text(self.language));
        let messages: String = matter.messages.iter().map(|message| self.message(message)).collect();
        let records: String = matter.records.iter().map(|record| self.record(record)).collect();
        format!("<h3>{}</h3><p class=\"small\">{}</p>{messages}{records}", escape(topic), escape(unit))
    }

    fn tasks(&self, everything: &Everything) -> String {
        let tasks: String = everything.tasks.iter().map(|done| self.task(done)).collect();
        self.section("tasks", self.or_nothing(&tasks, "no_tasks").as_str())
    }

    fn task(&self, done: &TaskDone) -> String {
        let task = &done.task;
        let (title, unit) = (task.title.text(self.language), task.unit.name.text(self.language));
        let given = self.fill("given", "time", &self.time(task.given_at));
        let answered = task.answered_at.map(|at| self.fill("answered", "time", &self.time(at)));
        let answers = done.response.as_ref().map(|response| self.answers(response)).unwrap_or_default();
        format!(
            "<h3>{}</h3><p class=\"small\">{} · {given} {}</p><p class=\"text\">{}</p>{answers}",
            escape(title),
            escape(unit),
            answered.unwrap_or_default(),
            escape(&task.text),
        )
    }

    /// What was asked and answered, in the order of the form.
    fn answers(&self, response: &TaskResponse) -> String {
        let Ok(prepared) = Prepared::new(response.form.clone()) else { return String::new() };
        let reading = prepared.read(&response.answers);
        let mut list = String::new();
        for item in prepared.items() {
            let Some(answer) = reading.answer(&item.link_id) else { continue };
            let (question, answer) = (item.text.text(self.language), self.answer(item, answer));
            let _ = write!(list, "<dt>{}</dt><dd class=\"text\">{}</dd>", escape(question), escape(&answer));
        }
        format!("<dl>{list}</dl>")
    }

    fn answer(&self, item: &Item, answer: &Answer) -> String {
        let chosen = |code: &String| {
            let option = item.kind.options().iter().find(|option| option.code == *code);
            option.map_or_else(|| code.clone(), |option| option.text.text(self.language).to_owned())
        };
        match answer {
            Answer::Text(text) => text.clone(),
            Answer::Number(number) => number.to_string().replace('.', self.text("decimal")),
            Answer::Date(date) => date.format("%-d.%-m.%Y").to_string(),
            Answer::YesNo(is_yes) => self.text(if *is_yes { "yes" } else { "no" }).to_owned(),
            Answer::One(code) => chosen(code),
            Answer::Many(codes) => codes.iter().map(chosen).collect::<Vec<_>>().join(", "),
        }
    }

    /// What was saved to the patient record, or is on its way there.
    fn record(&self, record: &Record) -> String {
        let told = match record.saved_at {
            Some(saved_at) => self.fill("recorded", "time", &self.time(saved_at)),
            None => self.fill("to_be_recorded", "time", &self.time(record.created_at)),
        };
        let summary = escape(&record.summary);
        format!(
            "<div class=\"message unit\"><p class=\"small\"><strong>{told}</strong></p><p class=\"text\">{summary}</p></div>"
        )
    }

    fn message(&self, message: &Message) -> String {
        let (class, sender) = match &message.sender {
            Sender::Citizen { proxy: Some(proxy), .. } => ("own", self.fill("on_behalf", "name", proxy)),
            Sender::Citizen { name, .. } => ("own", escape(name)),
            Sender::Unit { name, title, .. } => ("unit", escape(&format!("{name}, {title}"))),
        };
        let (time, text) = (self.time(message.sent_at), escape(&message.text));
        format!(
            "<div class=\"message {class}\"><p class=\"small\"><strong>{sender}</strong> {time}</p>\
             <p class=\"text\">{text}</p>{}{}</div>",
            self.links(&message.links),
            self.files(&message.attachments),
        )
    }

    /// What the message leads to, by its name: the page is read where the service is not.
    fn links(&self, links: &[Link]) -> String {
        let mut list = String::new();
        for link in links {
            let kind = match link.kind {
                LinkKind::Guide => self.text("guide"),
                LinkKind::Task => self.text("task"),
                LinkKind::Event => self.text("event"),
            };
            let title = match link.title.text(self.language) {
                "" => &link.title.fi,
                title => title,
            };
            let at = link.starts_at.map_or_else(String::new, |at| format!(" {}", self.time(at)));
            let _ = write!(list, "<li>{kind}: {}{at}</li>", escape(title));
        }
        if list.is_empty() { list } else { format!("<ul>{list}</ul>") }
    }

    /// Links to where the files are in the package.
    fn files(&self, files: &[Attachment]) -> String {
        if files.is_empty() {
            return String::new();
        }
        let mut list = String::new();
        for file in files {
            let name: String = form_urlencoded::byte_serialize(file.name.as_bytes()).collect();
            let (folder, name) = (super::folder_of(file), name.replace('+', "%20"));
            let _ = write!(list, "<li><a href=\"{folder}/{name}\">{}</a></li>", escape(&file.name));
        }
        format!("<p class=\"small\">{}</p><ul>{list}</ul>", self.text("attachments"))
    }

    fn events(&self, everything: &Everything) -> String {
        let list: String = everything.events.iter().map(|event| self.event(event)).collect();
        self.list("events", &list, "no_events")
    }

    fn event(&self, event: &Event) -> String {
        let (time, content) = (self.time(event.time.starts_at), &event.content);
        let unit = event.unit.name.text(self.language);
        let parts = [content.title.as_str(), unit, content.place.as_str()];
        let parts = parts.into_iter().filter(|part| !part.is_empty()).map(escape).collect::<Vec<_>>();
        let cancelled = match event.state {
            EventState::Cancelled => self.text("cancelled"),
            EventState::Booked | EventState::Confirmed => "",
        };
        format!("<li>{time}: {} {cancelled}</li>", parts.join(", "))
    }

    fn measurements(&self, everything: &Everything) -> String {
        let mut list = String::new();
        for one in &everything.measurements {
            let line = escape(&measurements::line(self.language, one));
            let struck = if one.struck.is_some() { self.text("struck") } else { "" };
            let _ =
                write!(list, "<li>{}: {line} {struck} {}</li>", self.time(one.taken_at), escape(&one.remark));
        }
        self.list("measurements", &list, "no_measurements")
    }

    fn proxies(&self, everything: &Everything) -> String {
        let mut list = String::new();
        for proxy in &everything.proxies {
            let until = proxy.ends_at.map(|ends_at| self.fill("until", "time", &self.time(ends_at)));
            let _ = write!(list, "<li>{} {}</li>", escape(&proxy.proxy_name), until.unwrap_or_default());
        }
        self.list("proxies", &list, "no_proxies")
    }

    fn viewers(&self, everything: &Everything) -> String {
        let mut list = String::new();
        for relation in &everything.care_relations {
            let _ = write!(list, "<li>{}</li>", escape(relation.unit.name.text(self.language)));
        }
        self.list("viewers", &list, "no_viewers")
    }

    fn list(&self, title: &str, items: &str, nothing: &str) -> String {
        let list = if items.is_empty() { String::new() } else { format!("<ul>{items}</ul>") };
        self.section(title, &self.or_nothing(&list, nothing))
    }

    fn accesses(&self, accesses: &[Access]) -> String {
        let rows: String = accesses.iter().map(|access| self.access(access)).collect();
        let heads = ["when", "who", "what"].map(|key| format!("<th scope=\"col\">{}</th>", self.text(key)));
        let table = format!("<table><thead><tr>{}</tr></thead><tbody>{rows}</tbody></table>", heads.concat());
        self.section("accesses", &table)
    }

    fn access(&self, access: &Access) -> String {
        let unit = access.unit.as_ref().map(|unit| unit.text(self.language));
        let who = match (&access.title, unit, &access.proxy) {
            (Some(title), Some(unit), _) => escape(&format!("{title}, {unit}")),
            (Some(title), None, _) => escape(title),
            (None, _, Some(proxy)) => self.fill("on_behalf", "name", proxy),
            (None, _, None) if access.ground == AccessGround::None => self.text("somebody").to_owned(),
            (None, _, None) => self.text("you").to_owned(),
        };
        let what = match access.action {
            AccessAction::Read => self.text("read"),
            AccessAction::Write => self.text("write"),
            AccessAction::Refused => self.text("refused"),
            AccessAction::SignedIn => self.text("signed_in"),
        };
        let reason = access.reason.as_ref().map(|reason| match access.ground {
            AccessGround::Emergency => self.fill("emergency", "reason", reason),
            _ => escape(reason),
        });
        let reason = reason.map(|reason| format!(" ({reason})")).unwrap_or_default();
        format!("<tr><td>{}</td><td>{who}</td><td>{what}{reason}</td></tr>", self.time(access.at))
    }
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn what_people_wrote_never_becomes_markup() {
        assert_eq!(escape("<script>\"&'"), "&lt;script&gt;&quot;&amp;&#39;");
    }
}
