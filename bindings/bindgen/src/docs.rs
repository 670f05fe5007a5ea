//! Documentation as each language writes it: what core's comments name in Rust's way is named in Kotlin's and Swift's.

/// A language that documentation is written for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Docs {
    Kotlin,
    Swift,
}

impl Docs {
    /// The same source, with every name in its documentation as this language has it.
    pub(crate) fn translate(self, source: &str) -> String {
        let mut within = false;
        let mut translated = String::with_capacity(source.len());
        for line in source.split_inclusive('\n') {
            within |= line.trim_start().starts_with("/**");
            if within {
                translated += &self.line(line)
            } else {
                translated += line
            }
            within &= !line.contains("*/");
        }
        translated
    }

    /// What stands between backticks in one line, with the link around it.
    fn line(self, line: &str) -> String {
        let (mut said, mut rest) = (String::new(), line);
        while let Some((before, (code, after))) = rest.split_once('`').and_then(|(b, r)| Some((b, r.split_once('`')?)))
        {
            let link = before.strip_suffix('[').zip(after.strip_prefix(']'));
            let (before, after) = link.unwrap_or((before, after));
            let target = after.strip_prefix('(').filter(|_| link.is_some()).and_then(|target| target.split_once(')'));
            said += before;
            said += &self.code(code, link.is_some());
            rest = target.map_or(after, |(_, after)| after);
        }
        said + rest
    }

    fn code(self, code: &str, is_link: bool) -> String {
        if !code.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == ':') {
            return format!("`{code}`");
        }
        let path = code.split("::").filter(|part| !matches!(*part, "Self" | "self" | "super" | "crate"));
        let name = path.map(|part| self.name(part)).collect::<Vec<_>>().join(".");
        if is_link && self == Self::Kotlin { format!("[{name}]") } else { format!("`{name}`") }
    }

    fn name(self, name: &str) -> String {
        match (self, name) {
            (Self::Kotlin, "None") => "null".to_owned(),
            (Self::Swift, "None") => "nil".to_owned(),
            (Self::Kotlin, _) if name.ends_with("Error") => name.replace("Error", "Exception"),
            _ if name.starts_with(|c: char| c.is_ascii_lowercase()) => camel_case(name),
            _ => name.to_owned(),
        }
    }
}

fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| {
        let (head, tail) = word.split_at(word.len().min(1));
        name + &head.to_ascii_uppercase() + tail
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "\
let a = `as_it_is`;
/**
 * Otherwise as [`Self::offer_again`], or [`send`](BytePipe::send); `None` after `max_s` seconds.
 * [`PushError::Gone`] when it is over. `Both` and `a + b` stay.
 */
let b = [`as_it_is`];
";

    #[test]
    fn names_in_documentation_are_those_of_the_language() {
        let kotlin = Docs::Kotlin.translate(SOURCE);
        assert!(kotlin.contains("Otherwise as [offerAgain], or [send]; `null` after `maxS` seconds."), "{kotlin}");
        assert!(kotlin.contains("[PushException.Gone] when it is over. `Both` and `a + b` stay."), "{kotlin}");
        let swift = Docs::Swift.translate(SOURCE);
        assert!(swift.contains("Otherwise as `offerAgain`, or `send`; `nil` after `maxS` seconds."), "{swift}");
        assert!(swift.contains("`PushError.Gone` when it is over."), "{swift}");
    }

    #[test]
    fn what_is_no_documentation_stays() {
        for docs in [Docs::Kotlin, Docs::Swift] {
            let translated = docs.translate(SOURCE);
            assert_eq!(translated.lines().next(), SOURCE.lines().next());
            assert_eq!(translated.lines().last(), SOURCE.lines().last());
        }
    }
}
