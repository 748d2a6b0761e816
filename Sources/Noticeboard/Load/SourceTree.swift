/// A site's folder as it was read: raw bytes by path relative to the site, sorted by path.
public struct SourceTree: Sendable {
    public struct File: Sendable {
        public let path: String
        public let bytes: [UInt8]

        public init(path: String, bytes: [UInt8]) {
            self.path = path
            self.bytes = bytes
        }
    }

    public let files: [File]

    public init(_ files: [File]) {
        self.files = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    public func file(_ path: String) -> File? { files.first { $0.path == path } }

    func files(under folder: String, ending: String) -> [File] {
        files.filter { $0.path.hasPrefix(folder) && $0.path.hasSuffix(ending) }
    }
}
