import Glibc

/// What is for the school's own eyes lies here, beside `content/`: for its owner only, and never part of a site.
struct PrivateFolder {
    static let name = "internal"

    private let path: String

    init(site: String) { path = "\(site)/\(PrivateFolder.name)" }

    /// Makes the folder. One that is a link could lead into the site that everybody sees.
    func prepare() throws {
        if let kind = Disk.real.kind(path), kind != .folder {
            throw Refusal(
                zh: "“\(path)”不是普通文件夹，内部日报不能写在那里；请移走它。", en: "“\(path)” is no plain folder; move it away.")
        }
        try Disk.real.makePrivateFolder(path)
    }

    /// Writes a file, readable by its owner only.
    func write(_ name: String, _ bytes: [UInt8]) throws {
        try prepare()
        let aside = "\(path)/.\(name)-new"
        unlink(aside)
        let descriptor = open(aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw MachineFailure(path: aside, code: errno) }
        close(descriptor)
        try Disk.real.write(aside, bytes, true)
        try Disk.real.rename(aside, "\(path)/\(name)")
    }
}
