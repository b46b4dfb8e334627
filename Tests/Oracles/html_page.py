#!/usr/bin/env python3
"""What a page of HTML holds, and what is wrong with it, read by Python's own parser.

usage: html_page.py <FILE

Prints {"faults": [...], "tables": [[[cell text]]], "texts": {tag: [text]}, "classes": [[[class]]], "pictures": [{"bars": n, "texts": [...]}]}."""
import json
import sys
from html.parser import HTMLParser

EMPTY = {"meta", "rect", "line", "br", "link", "img", "input", "hr"}
ALLOWED = {
    "html", "head", "meta", "title", "style", "body", "h1", "h2", "section", "div", "table", "thead", "tbody", "tr",
    "th", "td", "p", "ul", "li", "footer", "figure", "figcaption", "svg", "text", "rect", "line", "span",
}


class Page(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.faults, self.tables, self.classes = [], [], [], []
        self.texts, self.pictures = {}, []

    def handle_starttag(self, tag, attributes):
        if tag not in ALLOWED:
            self.faults.append(f"element {tag}")
        for name, value in attributes:
            if name.startswith("on") or name in ("src", "href", "style", "srcset", "action"):
                self.faults.append(f"{tag} has {name}")
            if value is not None and ("://" in value or value.startswith("//")):
                self.faults.append(f"{tag} {name} names an address")
        mark = dict(attributes).get("class") or ""
        if tag == "table":
            self.tables.append([])
            self.classes.append([])
        elif tag == "tr":
            self.tables[-1].append([])
            self.classes[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self.classes[-1][-1].append(mark)
        elif tag == "svg":
            self.pictures.append({"bars": 0, "texts": [], "lengths": []})
        elif tag == "rect":
            self.pictures[-1]["bars"] += 1
            length = int(dict(attributes)["width"])
            self.pictures[-1]["lengths"].append(length)
            if length < 0:
                self.faults.append("a bar of less than nothing")
        elif tag == "text":
            self.pictures[-1]["texts"].append("")
        else:
            self.texts.setdefault(tag, []).append("")
        if tag not in EMPTY:
            self.open.append(tag)
        elif tag == "rect":
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"{tag} closed in {self.open[-1:]}")
        else:
            self.open.pop()

    def handle_data(self, data):
        if not self.open:
            return
        tag = self.open[-1]
        if tag in ("td", "th"):
            self.tables[-1][-1][-1] += data
        elif tag == "text":
            self.pictures[-1]["texts"][-1] += data
        elif tag in self.texts:
            self.texts[tag][-1] += data
        elif data.strip():
            self.faults.append(f"text in {tag}")


text = sys.stdin.read()
page = Page()
page.feed(text)
page.close()
if page.open:
    page.faults.append(f"left open: {page.open}")
if not text.startswith("<!DOCTYPE html>"):
    page.faults.append("no doctype")
if "://" in text.replace(text[text.find("<body>"):], "") or "url(" in text or "@import" in text:
    page.faults.append("an address outside of the text")
print(json.dumps({
    "faults": page.faults, "tables": page.tables, "classes": page.classes, "texts": page.texts,
    "pictures": page.pictures,
}))
