//! Reads the pattern language of the data files into ops.

use std::collections::BTreeMap;

use super::lexicon::{Class, Fault, Lexicon};
use super::pattern::Op;

/// Appends the ops of a pattern; `named` are the patterns it may use by `$NAME`.
pub(super) fn parse(
    source: &str,
    named: &BTreeMap<String, String>,
    lexicon: &mut Lexicon,
    ops: &mut Vec<Op>,
) -> Result<(), Fault> {
    let mut parser = Parser {
        words: pieces(source),
        at: 0,
        ops,
        named,
        lexicon,
    };
    parser
        .alternatives()
        .map_err(|e| format!("{e} in {source}"))?;
    if parser.at < parser.words.len() {
        return Err(format!("unbalanced: {source}"));
    }
    Ok(())
}

/// Splits a pattern at spaces and around its own signs.
fn pieces(source: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in source.split_whitespace() {
        let mut current = String::new();
        for c in word.chars() {
            if matches!(c, '(' | ')' | '[' | ']' | '|' | '?') {
                if !current.is_empty() {
                    out.push(std::mem::take(&mut current));
                }
                out.push(c.to_string());
            } else {
                current.push(c);
            }
        }
        if !current.is_empty() {
            out.push(current);
        }
    }
    out
}

struct Parser<'p> {
    words: Vec<String>,
    at: usize,
    ops: &'p mut Vec<Op>,
    named: &'p BTreeMap<String, String>,
    lexicon: &'p mut Lexicon,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&str> {
        self.words.get(self.at).map(String::as_str)
    }

    fn eat(&mut self, sign: &str) -> bool {
        let found = self.peek() == Some(sign);
        self.at += usize::from(found);
        found
    }

    /// `a b | c`, up to a closing bracket or the end.
    fn alternatives(&mut self) -> Result<(), Fault> {
        let mut exits = Vec::new();
        loop {
            let split = self.ops.len();
            self.ops.push(Op::Split(0));
            while !matches!(self.peek(), None | Some("|" | ")")) {
                self.item()?;
            }
            if !self.eat("|") {
                // The last way needs no other: its split goes nowhere new.
                self.ops[split] = Op::Jump(split + 1);
                break;
            }
            exits.push(self.ops.len());
            self.ops.push(Op::Jump(0));
            self.ops[split] = Op::Split(self.ops.len());
        }
        let end = self.ops.len();
        for exit in exits {
            self.ops[exit] = Op::Jump(end);
        }
        Ok(())
    }

    /// An atom, perhaps with `?`.
    fn item(&mut self) -> Result<(), Fault> {
        let split = self.ops.len();
        self.ops.push(Op::Split(0));
        self.atom()?;
        self.ops[split] = match self.eat("?") {
            true => Op::Split(self.ops.len()),
            false => Op::Jump(split + 1),
        };
        Ok(())
    }

    fn atom(&mut self) -> Result<(), Fault> {
        let Some(word) = self.words.get(self.at).cloned() else {
            return Err("end".into());
        };
        self.at += 1;
        match word.as_str() {
            "(" => {
                self.alternatives()?;
                return if self.eat(")") {
                    Ok(())
                } else {
                    Err("no )".into())
                };
            }
            "[" => self.ops.push(Op::Open),
            "]" => self.ops.push(Op::Close),
            _ => {
                if let Some(name) = word.strip_prefix('$') {
                    let source = self
                        .named
                        .get(name)
                        .ok_or_else(|| format!("no ${name}"))?
                        .clone();
                    let outer = std::mem::replace(&mut self.words, pieces(&source));
                    let at = std::mem::replace(&mut self.at, 0);
                    let result = self.alternatives();
                    self.words = outer;
                    self.at = at;
                    return result;
                }
                let upper = word.len() > 1
                    && word
                        .bytes()
                        .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
                if upper || word == "A" {
                    let class = Class::named(&word).ok_or_else(|| format!("no class {word}"))?;
                    self.ops.push(Op::Class(class));
                } else {
                    let ids = self.lexicon.literal(&word);
                    self.ops.extend(ids.into_iter().map(Op::Word));
                }
            }
        }
        Ok(())
    }
}
