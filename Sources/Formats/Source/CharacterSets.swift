private import Glibc

/// Which characters a device can show.
public enum GB2312 {
    /// The characters of a text that GB 2312-1980 does not have, each once, in order: LED strips show nothing else.
    public static func missing(from text: String) -> [Character] {
        guard let converter = iconv_open("GB2312", "UTF-8"), Int(bitPattern: converter) != -1 else { return [] }
        defer { iconv_close(converter) }
        var missing: [Character] = []
        // The C library knows these two under other numbers; every device has them.
        for character in text
        where character != "—" && character != "·" && !missing.contains(character)
            && !holds(character, converter)
        {
            missing.append(character)
        }
        return missing
    }

    private static func holds(_ character: Character, _ converter: iconv_t) -> Bool {
        var input = character.utf8.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: 64)
        return input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                var (from, to) = (input.baseAddress, output.baseAddress)
                var (left, room) = (input.count, output.count)
                return iconv(converter, &from, &left, &to, &room) == 0 && left == 0
            }
        }
    }
}
