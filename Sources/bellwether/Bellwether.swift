import Answers
import ArgumentParser

/// The command `bellwether`: one subcommand a verb.
struct Bellwether: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bellwether",
        abstract: "Answer what the commit and the upside are, for any team and any day.",
        discussion: """
            A first run, with a company made up for the purpose:

              bellwether sample halden
              bellwether migrate
              bellwether load generic halden/2026-12-07 --date 2026-12-07
              bellwether forecast --period FY2026Q4

            With no server configured (--db, BELLWETHER_DB, PGHOST, PGSERVICE …) bellwether runs a private
            PostgreSQL of its own. Exit codes: 0 done, 1 failed, 2 bad data refused, 3 held by a guard,
            4 a proof failed, 64 wrong usage, 69 no database, 75 locked by another load.
            """.asHelp,
        version: programVersion,
        subcommands: [
            ForecastCommand.self, ChangesCommand.self, DealsCommand.self, MissingCommand.self,
            CallCommand.self, PlanCommand.self,
            PeriodsCommand.self, CoverageCommand.self, PacingCommand.self, AttainmentCommand.self,
            ConcentrationCommand.self, LinearityCommand.self, CurrencyCommand.self, ReconcileCommand.self,
            RestatementsCommand.self, MissCommand.self, DealCommand.self, SlipsCommand.self,
            WeeklyCommand.self, GenerationCommand.self, ConversionCommand.self, VelocityCommand.self,
            BottlenecksCommand.self, LeadsCommand.self, QualityCommand.self, AccuracyCommand.self,
            MilestonesCommand.self, LossesCommand.self, ResourcesCommand.self, PeersCommand.self,
            IndicatorsCommand.self, MetricsCommand.self, SummariseCommand.self,
            LoadCommand.self, LoadsCommand.self, RejectsCommand.self,
            FindingsCommand.self, StatusCommand.self, VerifyCommand.self, PruneCommand.self,
            HistoryCommand.self, MappingCommand.self, MigrateCommand.self, SampleCommand.self,
            DatabaseCommand.self,
        ])
}
