import Formats

/// Makes the published telephone numbers in a text ones that can be called by touching them.
struct PhoneLinks: Sendable {
    /// Numbers of contacts and offices, as bytes.
    private let numbers: [[UInt8]]

    init(_ organisation: Organisation) {
        let phones = organisation.contacts.map(\.phone) + organisation.offices.compactMap(\.phone)
        numbers = Set(phones).sorted().map { Array($0.utf8) }
    }

    /// The same HTML with links around the numbers that stand in its text, outside of other links.
    func added(to markup: Markup) -> Markup {
        let found = numbers.isEmpty ? [] : places(in: markup.bytes)
        if found.isEmpty { return markup }
        var result = Markup()
        var (copied, slots) = (0, markup.slots[...])
        func copy(to end: Int) {
            while let slot = slots.first, slot.offset <= end {
                result.slots.append(.init(offset: slot.offset - copied + result.bytes.count, address: slot.address))
                slots.removeFirst()
            }
            result.bytes += markup.bytes[copied..<end]
            copied = end
        }
        for place in found {
            copy(to: place.lowerBound)
            result.bytes += "<a href=\"tel:".utf8
            result.bytes += markup.bytes[place]
            result.bytes += "\">".utf8
            copy(to: place.upperBound)
            result.bytes += "</a>".utf8
        }
        copy(to: markup.bytes.count)
        return result
    }
}

extension PhoneLinks {
    private func places(in html: [UInt8]) -> [Range<Int>] {
        html.withUnsafeBufferPointer { html in
            var places: [Range<Int>] = []
            var (index, isInLink) = (0, false)
            while index < html.count {
                if html[index] == UInt8(ascii: "<") {
                    isInLink = PhoneLinks.isInLink(behind: html, index, isInLink)
                    index = html.firstIndex(of: UInt8(ascii: ">"), from: index) ?? html.count
                } else if !isInLink, isDigit(html[index]), index == 0 || !isPart(html[index - 1]),
                    let end = end(of: html, index)
                {
                    places.append(index..<end)
                    index = end - 1
                }
                index += 1
            }
            return places
        }
    }

    private static func isInLink(behind html: UnsafeBufferPointer<UInt8>, _ tag: Int, _ isInLink: Bool) -> Bool {
        guard tag + 2 < html.count else { return isInLink }
        if html[tag + 1] == UInt8(ascii: "a"), html[tag + 2] == 32 { return true }
        return html[tag + 1] == UInt8(ascii: "/") && html[tag + 2] == UInt8(ascii: "a") ? false : isInLink
    }

    /// Where the number that begins here ends; nil where it is none of ours.
    private func end(of html: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
        for number in numbers where start + number.count <= html.count {
            let end = start + number.count
            if html[start..<end].elementsEqual(number), end == html.count || !isPart(html[end]) { return end }
        }
        return nil
    }

    private func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    private func isPart(_ byte: UInt8) -> Bool { isDigit(byte) || byte == UInt8(ascii: "-") }
}
