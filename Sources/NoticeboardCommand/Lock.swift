import Glibc

/// An advisory lock on a folder; the kernel drops it when the process ends, so none is ever stale.
final class Lock {
    private let descriptor: Int32

    init(_ folder: String) throws {
        descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw MachineFailure(path: folder, code: errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            close(descriptor)
            throw MachineFailure(path: folder, code: code)
        }
    }

    func release() { close(descriptor) }
}
