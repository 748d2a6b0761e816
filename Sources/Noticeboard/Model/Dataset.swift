import Formats
import Statistics

/// A dataset and its days: reports of things, or of persons what may be published and who reported.
public struct Dataset: Sendable {
    public let definition: DatasetDefinition
    /// In order of days.
    public var reports: [OperationalReport] = []
    /// Who reported, in order of days.
    public var attendance: [ReportAttendance] = []
    public var release = ProtectedRelease.empty
    /// Source paths, for dependencies.
    public var paths: [String] = []
}
