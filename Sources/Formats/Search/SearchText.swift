/// Text as it is searched: what people type and what pages say, made alike. `templates/assets/search.js` does the same in
/// the browser; `Tests/Search/vectors.json` holds both to it.
///
/// Letters of Chinese and most other scripts stand as they are, traditional ones as simplified. Latin letters and digits are
/// lower case and of half width, and each run of them begins with a space, so that whoever types a word's beginning finds it.
/// Blanks vanish; other signs between letters become one space, across which nothing is found.
public struct SearchText: Sendable {
    public private(set) var units: [UInt16] = []

    public init() {}

    /// The text of one string, with a space behind it.
    public init(_ text: String) {
        add(text)
    }

    /// Adds text and ends it: nothing is found across its end.
    public mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { add($0) { $0.addText($1) } }
    }

    /// Adds the text of HTML that our own renderer wrote.
    public mutating func add(html: [UInt8]) {
        html.withUnsafeBufferPointer { add($0) { $0.addHTML($1) } }
    }

    private mutating func add(
        _ bytes: UnsafeBufferPointer<UInt8>, _ fold: (inout UnitWriter, UnsafeBufferPointer<UInt8>) -> Void
    ) {
        let old = units
        SearchFolding.table.withUnsafeBufferPointer { table in
            // Before every space but the first and the last one there is a byte that gives no unit.
            units = [UInt16](unsafeUninitializedCapacity: old.count + bytes.count + 2) { buffer, count in
                var writer = UnitWriter(buffer, old, table)
                fold(&writer, bytes)
                writer.end()
                count = writer.count
            }
        }
    }
}

/// Writes units behind each other into memory that is large enough.
private struct UnitWriter {
    private let units: UnsafeMutableBufferPointer<UInt16>
    private let table: UnsafeBufferPointer<UInt16>
    private(set) var count: Int
    private var last: UInt16 = 0
    private var isInWord = false
    private var isBroken = false

    private static let space: UInt16 = 32

    init(
        _ units: UnsafeMutableBufferPointer<UInt16>, _ given: [UInt16], _ table: UnsafeBufferPointer<UInt16>
    ) {
        (self.units, self.table) = (units, table)
        _ = units.update(fromContentsOf: given)
        count = given.count
        last = given.last ?? 0
    }

    mutating func addText(_ bytes: UnsafeBufferPointer<UInt8>) {
        var index = 0
        while index < bytes.count { index = addUnit(bytes, index) }
    }

    mutating func addHTML(_ html: UnsafeBufferPointer<UInt8>) {
        var index = 0
        while index < html.count {
            switch html[index] {
            case UInt8(ascii: "<"): index = skipTag(html, index)
            case UInt8(ascii: "&"): index = skipReference(html, index)
            default: index = addUnit(html, index)
            }
        }
    }

    mutating func end() {
        if last != UnitWriter.space { put(UnitWriter.space) }
    }

    @inline(__always)
    private mutating func put(_ unit: UInt16) {
        units[count] = unit
        count += 1
        last = unit
    }

    /// Adds the unit that stands at an index; returns where the next one begins. Beyond the basic plane there are rare characters
    /// and pictures: signs, as two units are in the browser.
    @inline(__always)
    private mutating func addUnit(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
        let first = UInt16(bytes[index])
        if first < 0x80 {
            add(first)
            return index + 1
        }
        if first < 0xE0 {
            let isWhole = index + 1 < bytes.count
            add(isWhole ? (first & 0x1F) << 6 | UInt16(bytes[index + 1] & 0x3F) : 0xD800)
            return index + 2
        }
        guard first < 0xF0, index + 2 < bytes.count else {
            add(0xD800)
            return index + 4
        }
        add(first << 12 | UInt16(bytes[index + 1] & 0x3F) << 6 | UInt16(bytes[index + 2] & 0x3F))
        return index + 3
    }

    @inline(__always)
    private mutating func add(_ unit: UInt16) {
        let folded = table[Int(unit)]
        if folded > SearchFolding.other {
            let isLatin = SearchFolding.isLatin(folded)
            if isLatin ? !isInWord : isBroken, last != UnitWriter.space, isLatin || count > 0 {
                put(UnitWriter.space)
            }
            (isInWord, isBroken) = (isLatin, false)
            put(folded)
        } else {
            isInWord = false
            if folded == SearchFolding.other { isBroken = true }
        }
    }

    /// Marks within a line separate nothing; blocks do.
    private mutating func skipTag(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
        var end = start + 1
        while end < bytes.count, bytes[end] != UInt8(ascii: ">") { end += 1 }
        var name = start + 1
        if name < end, bytes[name] == UInt8(ascii: "/") { name += 1 }
        if !UnitWriter.isWithinLine(bytes, name, end) { (isInWord, isBroken) = (false, true) }
        return end + 1
    }

    /// Whether a tag's name is one of a, em, strong, code, img and br.
    private static func isWithinLine(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
        var (name, index): (UInt64, Int) = (0, start)
        while index < end, bytes[index] != 32, bytes[index] != UInt8(ascii: "/"), index - start < 8 {
            name = name << 8 | UInt64(bytes[index])
            index += 1
        }
        switch name {
        // The names' ASCII codes.
        case 0x61, 0x656D, 0x7374_726F_6E67, 0x636F_6465, 0x696D67, 0x6272: return true
        default: return false
        }
    }

    /// Our renderer writes references for signs only: & < > ".
    private mutating func skipReference(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
        (isInWord, isBroken) = (false, true)
        var end = start
        while end < bytes.count, bytes[end] != UInt8(ascii: ";") { end += 1 }
        return end + 1
    }
}
