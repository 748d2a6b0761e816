import Formats
import Statistics

/// A dataset and its days. Only operational reports can be read here; of person counts nothing but who reported.
public struct Dataset: Sendable {
    public let definition: DatasetDefinition
    /// In order of days.
    public var reports: [OperationalReport] = []
    public var personReports: [PersonReport] = []
    /// Source paths, for dependencies.
    public var paths: [String] = []
}
