//! Types as TypeScript writes them: as much of that language as the client's signatures and models use.

use anyhow::{Context, Result, bail, ensure};

/// A type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Expression {
    /// A name with its arguments: `Record<string, number>`.
    Name(String, Vec<Expression>),
    /// `"soft"`
    Text(String),
    /// `-1`
    Number(i64),
    /// `string[]`
    List(Box<Expression>),
    /// `{ id: string; team_id?: string }`
    Object(Vec<Member>),
    /// `Date | string`
    Union(Vec<Expression>),
    /// `BanRequest & { id: string }`
    Intersection(Vec<Expression>),
}

/// A field of an object, or an argument of a method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Member {
    pub(super) name: String,
    /// What the comment before it says; most often nothing.
    pub(super) description: String,
    pub(super) optional: bool,
    pub(super) value: Expression,
}

/// Reads a type.
pub(super) fn parse_type(text: &str) -> Result<Expression> {
    parse(text, Parser::union)
}

/// Reads the arguments of a method: `userId: string, before?: Date`.
pub(super) fn parse_arguments(text: &str) -> Result<Vec<Member>> {
    parse(text, |parser| parser.members(&[","], ""))
}

fn parse<T>(text: &str, read: impl FnOnce(&mut Parser) -> Result<T>) -> Result<T> {
    let mut tokens = tokens(text).with_context(|| format!("in the type `{text}`"))?;
    tokens.reverse();
    let mut parser = Parser { tokens };
    let result = read(&mut parser).with_context(|| format!("in the type `{text}`"))?;
    ensure!(parser.tokens.is_empty(), "codegen does not know how the type `{text}` ends");
    Ok(result)
}

/// Splits a text into words, texts in quotes, comments and signs.
fn tokens(text: &str) -> Result<Vec<String>> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => 2 + rest.chars().skip(1).position(|character| character == '"').context("a quote is not closed")?,
            _ if rest.starts_with(COMMENT) => {
                rest.find(COMMENT_END).context("a comment is not closed")? + COMMENT_END.len()
            }
            _ if is_word(first) => rest.find(|character| !is_word(character)).unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        let (token, after) = rest.split_at_checked(length).context("texts in types are plain ASCII")?;
        tokens.push(token.to_owned());
        rest = after.trim_start();
    }
    Ok(tokens)
}

const COMMENT: &str = "/**";
const COMMENT_END: &str = "*/";

fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '-' | '$')
}

/// What is yet to be read, the next token last.
struct Parser {
    tokens: Vec<String>,
}

impl Parser {
    fn next(&mut self) -> Result<String> {
        self.tokens.pop().context("it ends too early")
    }

    /// Takes this token, if it comes next.
    fn takes(&mut self, token: &str) -> bool {
        let is_next = self.tokens.last().is_some_and(|next| next == token);
        if is_next {
            self.tokens.pop();
        }
        is_next
    }

    /// Takes a comment, if one comes next, and says what is in it.
    fn comment(&mut self) -> String {
        let text = self.tokens.pop_if(|next| next.starts_with(COMMENT)).unwrap_or_default();
        text.trim_start_matches(COMMENT).trim_end_matches(COMMENT_END).trim().to_owned()
    }

    fn expect(&mut self, token: &str) -> Result<()> {
        ensure!(self.takes(token), "`{token}` is missing before {:?}", self.tokens.last());
        Ok(())
    }

    fn union(&mut self) -> Result<Expression> {
        self.several("|", Self::intersection, Expression::Union)
    }

    fn intersection(&mut self) -> Result<Expression> {
        self.several("&", Self::list, Expression::Intersection)
    }

    /// One expression, or several with a sign between them.
    fn several(
        &mut self,
        sign: &str,
        one: fn(&mut Self) -> Result<Expression>,
        all: fn(Vec<Expression>) -> Expression,
    ) -> Result<Expression> {
        let first = one(self)?;
        let mut parts = vec![first.clone()];
        while self.takes(sign) {
            parts.push(one(self)?);
        }
        Ok(if parts.len() == 1 { first } else { all(parts) })
    }

    fn list(&mut self) -> Result<Expression> {
        let mut item = self.single()?;
        while self.takes("[") {
            self.expect("]")?;
            item = Expression::List(Box::new(item));
        }
        Ok(item)
    }

    fn single(&mut self) -> Result<Expression> {
        let token = self.next()?;
        if token == "(" {
            let inner = self.union()?;
            self.expect(")")?;
            return Ok(inner);
        }
        if token == "{" {
            let members = self.members(&[";", ","], "}")?;
            self.expect("}")?;
            return Ok(Expression::Object(members));
        }
        if let Some(text) = token.strip_prefix('"') {
            return Ok(Expression::Text(text.trim_end_matches('"').to_owned()));
        }
        if let Ok(number) = token.parse() {
            return Ok(Expression::Number(number));
        }
        ensure!(token.chars().all(is_word), "`{token}` is not expected");
        let mut arguments = Vec::new();
        if self.takes("<") {
            while !self.takes(">") {
                arguments.push(self.union()?);
                self.takes(",");
            }
        }
        Ok(Expression::Name(token, arguments))
    }

    /// Members with signs between them, up to a token that is not taken, or to the end.
    fn members(&mut self, signs: &[&str], end: &str) -> Result<Vec<Member>> {
        let mut members = Vec::new();
        while self.tokens.last().is_some_and(|next| next != end) {
            let description = self.comment();
            let name = self.next()?;
            if !name.chars().all(is_word) {
                bail!("`{name}` is no name");
            }
            let optional = self.takes("?");
            self.expect(":")?;
            members.push(Member { name, description, optional, value: self.union()? });
            if !signs.iter().any(|sign| self.takes(sign)) {
                break;
            }
        }
        Ok(members)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(name: &str) -> Expression {
        Expression::Name(name.to_owned(), Vec::new())
    }

    fn text(text: &str) -> Expression {
        Expression::Text(text.to_owned())
    }

    #[test]
    fn reads_what_signatures_and_models_say() {
        use Expression::{Intersection, List, Name, Number, Object, Union};
        let field = |field: &str, optional| Member {
            name: field.to_owned(),
            description: String::new(),
            optional,
            value: name("string"),
        };
        let cases = [
            ("string", name("string")),
            ("UserRequest<Custom>[]", List(Box::new(Name("UserRequest".to_owned(), vec![name("Custom")])))),
            ("Date | string | null", Union(vec![name("Date"), name("string"), name("null")])),
            ("\"\" | \"number\"", Union(vec![text(""), text("number")])),
            ("1 | -1", Union(vec![Number(1), Number(-1)])),
            (
                "PushLevel | (string & {})",
                Union(vec![name("PushLevel"), Intersection(vec![name("string"), Object(vec![])])]),
            ),
            ("A & { id: string }", Intersection(vec![name("A"), Object(vec![field("id", false)])])),
            ("{ id: string; team_id?: string }", Object(vec![field("id", false), field("team_id", true)])),
            (
                "Record<string, Record<string, X[]>>",
                Name(
                    "Record".to_owned(),
                    vec![name("string"), Name("Record".to_owned(), vec![name("string"), List(Box::new(name("X")))])],
                ),
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(parse_type(text).unwrap(), expected, "{text}");
        }
    }

    #[test]
    fn reads_arguments() {
        let arguments = parse_arguments("userId: string, before?: Date | null").unwrap();
        let seen: Vec<_> = arguments.iter().map(|argument| (argument.name.as_str(), argument.optional)).collect();
        assert_eq!(seen, [("userId", false), ("before", true)]);
        assert_eq!(parse_arguments("").unwrap(), []);
    }

    #[test]
    fn reads_comments() {
        let text = "{ /** The id: `a | b`. */ id: string; name: string }";
        let Expression::Object(members) = parse_type(text).unwrap() else { panic!("{text}") };
        let seen: Vec<_> = members.iter().map(|member| (member.name.as_str(), member.description.as_str())).collect();
        assert_eq!(seen, [("id", "The id: `a | b`."), ("name", "")]);
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        for text in ["", "(a: string) => void", "A extends B", "{ id string }", "\"open", "Record<string"] {
            assert!(parse_type(text).is_err(), "{text}");
        }
    }
}
