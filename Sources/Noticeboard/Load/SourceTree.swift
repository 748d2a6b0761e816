import Formats

/// A site's folder: what lies in it, sorted by path relative to the site, and a way to read it. A file's bytes are read
/// when they are needed, and not kept.
public struct SourceTree: Sendable {
    public struct File: Sendable {
        public let path: String
        /// In bytes.
        public let size: Int
        /// Of its content, where that is known without reading it.
        public let fingerprint: Fingerprint?
        fileprivate let bytes: [UInt8]?

        /// A file that is held in memory.
        public init(path: String, bytes: [UInt8]) {
            self.path = path
            self.bytes = bytes
            size = bytes.count
            fingerprint = nil
        }

        /// A file that is read when it is needed.
        public init(path: String, size: Int, fingerprint: Fingerprint?) {
            self.path = path
            self.size = size
            self.fingerprint = fingerprint
            bytes = nil
        }
    }

    public let files: [File]
    private let read: @Sendable (_ path: String) throws -> [UInt8]

    /// - Parameter read: Reads a file that does not carry its bytes.
    public init(_ files: [File], read: @escaping @Sendable (_ path: String) throws -> [UInt8] = { _ in [] }) {
        let isSorted = zip(files, files.dropFirst()).allSatisfy { precedes($0, $1) }
        self.files = isSorted ? files : files.sorted(by: precedes)
        self.read = read
    }

    public func bytes(of file: File) throws -> [UInt8] { try file.bytes ?? read(file.path) }

    /// The bytes of a file; nil where there is none.
    public func bytes(_ path: String) throws -> [UInt8]? { try file(path).map(bytes) }

    public func file(_ path: String) -> File? {
        let index = files.partition { !precedes($0.path, path) }
        return index < files.count && files[index].path == path ? files[index] : nil
    }

    /// The places of the files below a folder.
    func range(under folder: String) -> Range<Int> {
        let first = files.partition { !precedes($0.path, folder) }
        let end = files.partition { !precedes($0.path, folder) && !$0.path.hasPrefix(folder) }
        return first..<end
    }

    /// A file as text, for diagnostics that point into it; empty where it is none any more.
    func source(_ path: String) throws -> SourceFile {
        var ignored: [Diagnostic] = []
        let source = try bytes(path).flatMap { SourceFile.decode(path: path, raw: $0, into: &ignored) }
        return source ?? SourceFile(path: path, bytes: [])
    }

    public func files(under folder: String, ending: String = "") -> [File] {
        files[range(under: folder)].filter { ending.isEmpty || $0.path.hasSuffix(ending) }
    }
}

extension Array {
    /// Where the elements begin for which something holds; it does not hold for any before them.
    fileprivate func partition(_ holds: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

private func precedes(_ a: SourceTree.File, _ b: SourceTree.File) -> Bool { precedes(a.path, b.path) }
