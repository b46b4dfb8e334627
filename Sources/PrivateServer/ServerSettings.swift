import Foundation

/// PostgreSQL's settings for a private server.
public struct ServerSettings: Sendable, Hashable {
    /// Whether data survive a crash of the machine.
    public let isDurable: Bool
    /// Further settings by name, which win over ours.
    public let further: [String: String]

    /// Settings; durable unless said otherwise.
    public init(isDurable: Bool = true, further: [String: String] = [:]) {
        self.isDurable = isDurable
        self.further = further
    }

    /// What a person's warehouse runs on.
    public static let standard = ServerSettings()

    /// For tests: fast, and lost when the machine crashes.
    public static let throwaway = ServerSettings(isDurable: false)

    /// The text of `postgresql.conf`.
    var configuration: String {
        let lines = (common + (isDurable ? [] : hasty)).map(line)
        let own = further.sorted { $0.key < $1.key }.map { line(($0.key, $0.value)) }
        return """
            # Written by bellwether at each start. Your own settings belong in custom.conf beside this file.
            \((lines + own).joined(separator: "\n"))
            include 'custom.conf'

            """
    }

    /// The text of `custom.conf` at first; later it is the person's.
    static let customConfiguration = "# Your own settings. They win over ours, and are read at each start.\n"

    private func line(_ setting: (name: String, value: String)) -> String {
        "\(setting.name) = '\(setting.value.replacing("'", with: "''"))'"
    }

    private var common: [(name: String, value: String)] {
        [
            ("cluster_name", "bellwether"),
            ("listen_addresses", ""),
            ("port", "5432"),
            ("unix_socket_permissions", "0700"),
            ("max_connections", "40"),

            ("shared_buffers", "\(sharedMegabytes)MB"),
            ("effective_cache_size", "\(2 * sharedMegabytes)MB"),
            ("work_mem", "64MB"),
            // Nobody waits for the answer of a program that was killed.
            ("client_connection_check_interval", "5s"),
            ("maintenance_work_mem", "128MB"),
            // Our statements are short; compiling them costs more than it saves.
            ("jit", "off"),

            // No replicas, so a COPY into a new table need not be logged, and the log stays small.
            ("wal_level", "minimal"),
            ("max_wal_senders", "0"),
            ("max_logical_replication_workers", "0"),
            // Compressing it costs a load more time than writing it.
            ("wal_compression", "off"),
            // The log is written beside the load, not by it: a night with 1 % changed takes a sixth less.
            ("wal_writer_delay", "10ms"),
            ("min_wal_size", "32MB"),
            ("max_wal_size", "1GB"),
            ("fsync", "on"),
            ("synchronous_commit", "on"),
            ("full_page_writes", "on"),

            ("timezone", "UTC"),
            ("log_timezone", "UTC"),
            ("datestyle", "ISO, YMD"),
            ("lc_messages", "C"),
            ("default_text_search_config", "pg_catalog.simple"),

            // Terse and without statements: values of rows stay out of the log.
            ("log_destination", "stderr"),
            ("logging_collector", "off"),
            ("log_line_prefix", "%m [%p] "),
            ("log_error_verbosity", "terse"),
            ("log_min_messages", "warning"),
            ("log_min_error_statement", "panic"),
            ("log_checkpoints", "off"),
            ("log_autovacuum_min_duration", "-1"),
        ]
    }

    /// An eighth of the machine's memory, between 128 MB and 1 GB: a warehouse of a million deals fits, and is not read
    /// anew from the system for each question.
    private var sharedMegabytes: Int {
        let memory = Int(clamping: ProcessInfo.processInfo.physicalMemory) >> 20
        return isDurable ? min(max(memory / 8, 128), 1024) : 128
    }

    private var hasty: [(name: String, value: String)] {
        [("fsync", "off"), ("full_page_writes", "off")]
    }
}
