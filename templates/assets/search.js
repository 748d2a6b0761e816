/* Searches the site's own files. They are scripts, so that this works on a page that was opened from a folder, too. How they
   are made, and how text is folded, say SearchText and SearchBlock in the program's sources. */
(function () {
  var form = document.querySelector('[data-base]');
  if (!form) return;
  var status = document.querySelector('.search-status'), list = document.querySelector('.search-results');
  var more = document.querySelector('.search-more');
  var address = form.getAttribute('data-base').split('base.js');
  var root = address[0].replace(/search\/$/, ''), version = address[1];
  var digits = {}, folded = {}, loaded = {}, base, requests = 0, found = [], shown = 0, terms = [], turn = 0;
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'.split('').forEach(function (c, i) { digits[c] = i; });

  window.noticeboardSearch = function (part, key, data) { loaded[part + key] = data; };
  /* What an older search asked for comes too late. */
  function load(files, then) {
    var left = 1, own = turn;
    function done() { if (!--left && own === turn) then(); }
    files.forEach(function (file) {
      if (loaded[file[0] + file[1]]) return;
      var script = document.createElement('script');
      script.src = address[0] + (file[0] === 'base' ? 'base' : file[0] + '/' + file[1]) + '.js' + version;
      script.onload = done;
      script.onerror = function () { status.textContent = form.getAttribute('data-failed'); };
      left++;
      requests++;
      document.head.appendChild(script);
    });
    done();
  }

  /* Blanks are 0, other signs 1; Latin letters and digits lie below 0x250. */
  function fold(u) {
    if ((u >= 48 && u <= 57) || (u >= 97 && u <= 122)) return u;
    if (u >= 65 && u <= 90) return u + 32;
    if ((u >= 0xFF10 && u <= 0xFF19) || (u >= 0xFF21 && u <= 0xFF3A) || (u >= 0xFF41 && u <= 0xFF5A)) return fold(u - 0xFEE0);
    if (/[\t\n\r \u00A0\u00AD\u200B-\u200F\u2028-\u202E\u2060\u3000\uFEFF]/.test(String.fromCharCode(u))) return 0;
    if (u >= 0xC0 && u <= 0x24F) {
      var small = String.fromCharCode(u).toLowerCase();
      return u === 0xD7 || u === 0xF7 ? 1 : small.length === 1 ? small.charCodeAt(0) : u;
    }
    if (u >= 0x3005 && u <= 0x3007) return u;
    if (u < 0x370 || (u >= 0x2000 && u < 0x2E80) || (u >= 0x3000 && u < 0x3040) || u === 0x30FB || (u >= 0xD800 && u < 0xF900) || u >= 0xFE00) return 1;
    return folded[u] || u;
  }
  /* The text as it is searched; `places` takes the place of each of its characters in the text. */
  function searchText(text, places) {
    var out = '', inWord = false, broken = false;
    function put(u, i) { out += String.fromCharCode(u); if (places) places.push(i); }
    for (var i = 0; i < text.length; i++) {
      var u = fold(text.charCodeAt(i));
      if (u > 1) {
        var latin = u < 0x250;
        if ((latin ? !inWord : broken) && out.slice(-1) !== ' ' && (latin || out)) put(32, i);
        inWord = latin;
        broken = false;
        put(u, i);
      } else {
        inWord = false;
        if (u) broken = true;
      }
    }
    return out;
  }
  function termsOf(query) {
    var all = [];
    query.split(/[\s\u3000]+/).forEach(function (word) {
      searchText(word).split(/(?= )/).forEach(function (term) {
        if (term.charCodeAt(1) >= 0x250) term = term.replace(/^ /, '');
        if (term.length > 1 && all.indexOf(term) < 0) all.push(term);
      });
    });
    return all;
  }

  function shard(term, at) {
    if (!base.bits) return 0;
    var hash = Math.imul(term.charCodeAt(at), 31) + term.charCodeAt(at + 1) | 0;
    return Math.imul(hash ^ hash >>> 7, 0x9E3779B1) >>> 32 - base.bits;
  }
  /* Where to look for a term: at its beginning, at its end, in its middle, and everywhere else where that costs nothing. Words
     and numbers differ at their ends. */
  function lookups(term) {
    var last = Math.max(0, term.length - 3), all = [0, last, term.charAt(0) === ' ' ? Math.max(0, last - 1) : last >> 1];
    for (var at = 1; at < last; at++) all.push(at);
    return all.filter(function (at, i) { return all.indexOf(at) === i; }).map(function (at) { return { term: term, at: at, shard: shard(term, at) }; });
  }
  /* At most three shards, or one for each word: the beginnings of all words come first, then their ends. */
  function chosen() {
    var all = terms.map(lookups), shards = [], result = [];
    for (var round = 0; round < 40; round++) {
      all.forEach(function (own) {
        var look = own[round];
        if (!look || (shards.indexOf(look.shard) < 0 && shards.length >= Math.max(3, terms.length))) return;
        if (shards.indexOf(look.shard) < 0) shards.push(look.shard);
        result.push(look);
      });
    }
    return result;
  }
  /* The documents that a lookup finds, each with 1 where it is found in the title. */
  function documents(look) {
    var data = loaded['terms' + look.shard], i = 0, result = {};
    var pair = look.term.substr(look.at, 2), third = look.term.charAt(look.at + 2);
    function number() {
      var value = 0, shift = 0, digit;
      do { digit = digits[data.charAt(i++)]; value |= (digit & 31) << shift; shift += 5; } while (digit > 31);
      return value;
    }
    while (i < data.length) {
      var first = number() * base.block, pairs = number();
      while (pairs--) {
        var isPair = data.substr(i, 2) === pair;
        i += 2;
        var thirds = number();
        while (thirds--) {
          var isWanted = isPair && (!third || data.charAt(i) === third), count, document = first;
          i++;
          count = number();
          while (count--) {
            var step = number();
            document += step >> 1;
            if (isWanted) result[document] = result[document] | step & 1;
          }
        }
      }
    }
    return result;
  }
  function passes(document) {
    var kind = base.kinds[base.of.charCodeAt(document) - 0x100], year = form.year.value;
    if (form.team.value && +form.team.value !== kind[0]) return false;
    if (form.category.value && +form.category.value !== kind[1]) return false;
    if (!year) return true;
    var own = base.years.filter(function (entry) { return entry[1] <= document; }).pop();
    return !!own && own[0] === +year;
  }
  /* Titles first, then what holds, then the newest. Without a word everything that passes the filters. */
  function rank(looks) {
    var all = null, titles = {};
    terms.forEach(function (term) {
      var own = null;
      looks.filter(function (look) { return look.term === term; }).forEach(function (look) {
        var here = documents(look), both = {};
        for (var d in here) if (!own || d in own) both[d] = here[d] & (own ? own[d] : 1);
        own = both;
      });
      if (!own) return;
      for (var d in own) titles[d] = (titles[d] || 0) + own[d];
      all = all ? all.filter(function (d) { return d in own; }) : Object.keys(own);
    });
    if (!terms.length) all = base.of.split('').map(function (kind, document) { return document; });
    function holds(document) { return base.kinds[base.of.charCodeAt(document) - 0x100][2]; }
    return (all || []).map(Number).filter(passes).sort(function (a, b) {
      return (titles[b] || 0) - (titles[a] || 0) || holds(b) - holds(a) || b - a;
    });
  }

  /* As many as ten, from as few files as may still be asked for. */
  function show() {
    var next = [], blocks = [];
    for (var i = shown; i < found.length && next.length < 10; i++) {
      var block = Math.floor(found[i] / base.block);
      if (blocks.indexOf(block) < 0) {
        if (!loaded['titles' + block] && requests + blocks.length > 3 && next.length) break;
        blocks.push(block);
      }
      next.push(found[i]);
    }
    load(blocks.map(function (block) { return ['titles', block]; }), function () {
      next.forEach(function (document) {
        list.appendChild(item(loaded['titles' + Math.floor(document / base.block)][document % base.block]));
      });
      if (shown && list.children[shown]) list.children[shown].querySelector('a').focus();
      shown += next.length;
      more.hidden = shown >= found.length;
    });
  }
  function element(name, className, text) {
    var node = document.createElement(name);
    node.className = className;
    if (text) node.textContent = text;
    return node;
  }
  /* Text with what was looked for marked; says whether it was there. */
  function mark(node, text, from, to) {
    var places = [], searched = searchText(text, places), marks = [], at = from || 0;
    terms.forEach(function (term) {
      for (var i = searched.indexOf(term); i >= 0; i = searched.indexOf(term, i + 1)) {
        marks.push([places[term.charAt(0) === ' ' ? i + 1 : i], places[i + term.length - 1] + 1]);
      }
    });
    marks.sort(function (a, b) { return a[0] - b[0]; });
    if (from === undefined) to = text.length;
    marks.forEach(function (range) {
      if (range[0] < at || range[1] > to) return;
      node.appendChild(document.createTextNode(text.slice(at, range[0])));
      node.appendChild(element('mark', '', text.slice(range[0], range[1])));
      at = range[1];
    });
    node.appendChild(document.createTextNode(text.slice(at, to)));
    return marks.length ? marks[0][0] + 1 : 0;
  }
  function day(date) {
    var language = document.documentElement.lang, parts = date.split('-');
    try {
      return new Date(parts[0], parts[1] - 1, parts[2]).toLocaleDateString(language === 'en' ? 'en-GB' : language, { year: 'numeric', month: 'long', day: 'numeric' });
    } catch (ignored) { return date; }
  }
  function item(entry) {
    var node = element('li', 'notice-item'), head = element('p', 'notice-head'), line = element('p', 'notice-summary');
    var link = element('a', '');
    link.href = root + entry[1].split('/').map(encodeURIComponent).join('/');
    link.lang = line.lang = entry[4];
    if (entry[5]) {
      head.appendChild(element('span', 'mark', form.getAttribute('data-' + entry[5])));
      head.appendChild(document.createTextNode(' '));
    }
    var isInTitle = mark(link, entry[0]), isInLine = mark(line, entry[2]);
    head.appendChild(link);
    node.appendChild(head);
    node.appendChild(line);
    if (entry[3]) node.appendChild(element('p', 'meta', day(entry[3])));
    if (!isInTitle && !isInLine && requests < 4 && /^http/.test(location.protocol)) excerpt(link.href, line);
    return node;
  }
  /* What stands around the word in the page itself, where another file may be asked for. */
  function excerpt(page, line) {
    var request = new XMLHttpRequest();
    requests++;
    request.open('GET', page);
    request.responseType = 'document';
    request.onload = function () {
      var prose = request.response && request.response.querySelector('.prose');
      var text = prose ? prose.textContent.replace(/\s+/g, ' ') : '', at = mark(element('p', ''), text);
      if (!at) return;
      line.textContent = at > 20 ? '…' : '';
      // Words of Latin letters are not cut.
      var from = Math.max(0, at - 20), to = Math.min(text.length, at + 60);
      while (from > 0 && /\w/.test(text.charAt(from - 1)) && /\w/.test(text.charAt(from))) from--;
      while (to < text.length && /\w/.test(text.charAt(to - 1)) && /\w/.test(text.charAt(to))) to++;
      mark(line, text, from, to);
      line.appendChild(document.createTextNode('…'));
    };
    request.send();
  }

  function search() {
    turn++;
    list.textContent = status.textContent = '';
    more.hidden = true;
    shown = 0;
    load([['base', 0]], function () {
      base = loaded.base0;
      for (var i = 0; i < base.folded.length; i += 2) folded[base.folded.charCodeAt(i)] = base.folded.charCodeAt(i + 1);
      requests = 0;
      look(form.q.value, '');
    });
  }
  /* What people say otherwise is asked for where nothing is found. */
  function instead(query) {
    for (var word in base.alike) if (query.indexOf(word) >= 0) return query.replace(word, base.alike[word]);
  }
  function look(query, asked) {
    terms = termsOf(query);
    if (!terms.length && (query.trim() || !(form.team.value || form.category.value || form.year.value))) {
      if (query) status.textContent = form.getAttribute('data-short');
      return;
    }
    var looks = chosen();
    load(looks.map(function (look) { return ['terms', look.shard]; }).filter(function (file, i, all) {
      return all.findIndex(function (other) { return other[1] === file[1]; }) === i;
    }), function () {
      found = rank(looks);
      if (!found.length && !asked && instead(query)) return look(instead(query), query);
      status.textContent = found.length ? form.getAttribute('data-found').replace('NN', found.length) : form.getAttribute('data-none');
      if (asked && found.length) {
        status.textContent += ' ' + form.getAttribute('data-instead').replace('AA', asked).replace('BB', query);
      }
      if (found.length) show();
    });
  }
  function go() {
    var fields = ['q', 'category', 'team', 'year'].filter(function (name) { return form[name].value; });
    var query = fields.map(function (name) { return name + '=' + encodeURIComponent(form[name].value); }).join('&');
    try { history.replaceState(null, '', location.pathname + (query ? '?' + query : '')); } catch (ignored) { /* from a folder */ }
    search();
  }
  form.hidden = false;
  location.search.slice(1).split('&').forEach(function (pair) {
    var parts = pair.split('='), isField = ['q', 'category', 'team', 'year'].indexOf(parts[0]) >= 0, field = isField && form[parts[0]];
    // A link that was cut off in the middle of a character is no reason to show nothing.
    try { if (field && parts[1]) field.value = decodeURIComponent(parts[1].replace(/\+/g, ' ')); } catch (ignored) { /* left empty */ }
  });
  form.addEventListener('submit', function (event) { event.preventDefault(); go(); });
  form.addEventListener('change', function (event) { if (event.target.id !== 'q') go(); });
  more.addEventListener('click', function () { requests = 0; show(); });
  window.noticeboardSearch.text = searchText;
  if (form.q.value || form.team.value || form.category.value || form.year.value) search();
})();
