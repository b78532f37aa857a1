// The desk on one page: everything is in the page, and decisions are saved as a file.
(function () {
  "use strict";
  var data = JSON.parse(document.getElementById("data").textContent);
  var $ = function (id) { return document.getElementById(id); };
  var kept = "extract-sheet-" + data.sheet;
  var entries = [];
  var at = 0;
  var selected = null;
  try { entries = JSON.parse(localStorage.getItem(kept) || "[]"); } catch (e) { entries = []; }

  function token() {
    var bytes = crypto.getRandomValues(new Uint8Array(18));
    return btoa(String.fromCharCode.apply(null, bytes)).replace(/\+/g, "-").replace(/\//g, "_");
  }
  function same(a, b) {
    return ["digest", "field", "item", "value", "start", "end"].every(function (k) { return a[k] === b[k]; });
  }
  function mine(fact) {
    return entries.filter(function (e) { return e.kind === "answer" && same(e.target, fact.target); }).pop();
  }
  function name(code) { return code.replace(/_/g, " "); }
  function put(parent, tag, text, cls) {
    var one = document.createElement(tag);
    if (text !== undefined) one.textContent = text;
    if (cls) one.className = cls;
    parent.appendChild(one);
    return one;
  }
  var unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;
  function plain(parent, chars) {
    var run = "";
    chars.forEach(function (c) {
      if (!unseen.test(c)) { run += c; return; }
      parent.appendChild(document.createTextNode(run));
      run = "";
      put(parent, "span", "‹U+" + c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0") + "›", "unseen");
    });
    parent.appendChild(document.createTextNode(run));
  }
  function store() {
    try { localStorage.setItem(kept, JSON.stringify(entries)); } catch (e) { /* the file is what counts */ }
  }
  function keep(entry) {
    entry.token = token();
    entry.at = new Date().toISOString();
    entry.comment = $("comment").value.trim();
    entries.push(entry);
    store();
  }

  function show() {
    var fact = data.facts[at];
    var done = data.facts.filter(mine).length;
    $("bar").max = data.facts.length || 1;
    $("bar").value = done;
    $("count").textContent = done + " of " + data.facts.length;
    if (!fact) { $("asked").textContent = "No facts"; return; }
    var t = fact.target, letter = data.letters[fact.letter];
    $("asked").textContent = "";
    put($("asked"), "span", name(t.field) + " " + name(t.item) + " ", "field");
    put($("asked"), "b", t.value);
    $("quote").textContent = t.quote;
    $("about").textContent = "";
    [["Section", name(fact.section)], ["Rule", fact.rule], ["Letter", letter.date || "no date"],
     ["Patient", letter.patient], ["Bounds", fact.low === fact.high ? "" : fact.low + " to " + fact.high],
     ["Flagged", fact.reasons.map(name).join(", ")]].forEach(function (row) {
      if (!row[1]) return;
      var line = put($("about"), "div");
      put(line, "dt", row[0]);
      put(line, "dd", row[1]);
    });
    var said = mine(fact);
    $("mine").hidden = !said;
    $("mine").textContent = said ? "You said: " + name(said.verdict) + (said.to ? " " + said.to[2] : "") : "";
    $("comment").value = "";
    $("correct").hidden = true;
    $("correct").item.value = t.item;
    $("correct").value.value = t.value;
    var chars = Array.from(letter.text), pane = $("text");
    pane.textContent = "";
    plain(pane, chars.slice(0, t.start));
    var mark = put(pane, "mark", undefined, "now");
    plain(mark, chars.slice(t.start, t.end));
    plain(pane, chars.slice(t.end));
    toMark();
  }
  function toMark() {
    var pane = $("text"), mark = pane.querySelector("mark.now");
    if (mark) pane.scrollTop = Math.max(0, mark.offsetTop - pane.clientHeight / 3);
  }
  addEventListener("resize", toMark);
  function go(step) { at = Math.min(Math.max(0, at + step), data.facts.length - 1); show(); }
  function onwards() {
    for (var n = 1; n <= data.facts.length; n++) {
      var next = (at + n) % data.facts.length;
      if (!mine(data.facts[next])) { at = next; break; }
    }
    show();
  }
  function answer(verdict, to) {
    keep({ kind: "answer", target: data.facts[at].target, verdict: verdict, to: to || null });
    onwards();
  }

  data.verdicts.forEach(function (v) {
    var button = put($("buttons"), "button", v[1] + " ", "v-" + v[0]);
    put(button, "kbd", v[2]);
    button.dataset.key = v[2];
    button.addEventListener("click", function () {
      if (v[0] !== "correct_to") { answer(v[0]); return; }
      $("correct").hidden = false;
      $("correct").value.select();
    });
  });
  $("correct").addEventListener("submit", function (event) {
    event.preventDefault();
    var t = data.facts[at].target;
    answer("correct_to", [t.field, $("correct").item.value.trim(), $("correct").value.value.trim()]);
  });
  data.fields.forEach(function (field) {
    put($("add").field, "option", name(field)).value = field;
  });
  function offset(node, place) {
    var range = document.createRange();
    range.setStart($("text"), 0);
    range.setEnd(node, place);
    var part = range.cloneContents();
    part.querySelectorAll(".unseen").forEach(function (one) { one.textContent = "x"; });
    return Array.from(part.textContent).length;
  }
  function select() {
    var chosen = getSelection();
    if (!chosen.rangeCount || chosen.isCollapsed) return;
    var range = chosen.getRangeAt(0);
    if (!$("text").contains(range.startContainer) || !$("text").contains(range.endContainer)) return;
    var letter = data.letters[data.facts[at].letter];
    var start = offset(range.startContainer, range.startOffset);
    var end = offset(range.endContainer, range.endOffset);
    selected = { letter_id: letter.letter_id, digest: letter.digest, start: start, end: end,
                 quote: Array.from(letter.text).slice(start, end).join("") };
    $("words").textContent = selected.quote;
  }
  $("add").addEventListener("submit", function (event) {
    event.preventDefault();
    if (!selected) { $("words").textContent = "none selected"; return; }
    var form = $("add");
    var to = [form.field.value, form.item.value.trim(), form.value.value.trim()];
    keep({ kind: "missed", verdict: null, to: to,
           target: Object.assign({ field: to[0], item: to[1], value: to[2] }, selected) });
    selected = null;
    form.reset();
    $("missed").open = false;
    $("words").textContent = "none selected";
    show();
  });
  function undo() {
    var last = entries.pop();
    store();
    if (last && last.kind === "answer") {
      at = Math.max(0, data.facts.findIndex(function (f) { return same(f.target, last.target); }));
    }
    show();
  }
  $("before").addEventListener("click", function () { go(-1); });
  $("next").addEventListener("click", function () { go(1); });
  $("undo").addEventListener("click", undo);
  $("save").addEventListener("click", function () {
    var file = { format: data.format, sheet: data.sheet, rules: data.rules, reviewer: data.reviewer, entries: entries };
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(file, null, 1)], { type: "application/json" }));
    link.download = "audit-decisions.json";
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
  });
  document.addEventListener("keydown", function (event) {
    if (!$("keys-on").checked || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.key === "Escape") { event.target.blur(); return; }
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== "checkbox") return;
    var does = { j: function () { go(1); }, k: function () { go(-1); }, u: undo,
      m: function () { $("comment").focus(); },
      a: function () { select(); $("missed").open = true; $("add").field.focus(); } }[event.key];
    var button = document.querySelector('[data-key="' + CSS.escape(event.key) + '"]');
    if (does || button) event.preventDefault();
    if (does) does();
    else if (button) button.click();
  });
  onwards();
  if (mine(data.facts[0] || { target: {} }) === undefined) { at = 0; show(); }
})();
