namespace Fpe.Cli.Running;

/// <summary>The outcome of a run.</summary>
/// <param name="Run">The run.</param>
internal abstract record RunOutcome(StudyRun Run);

/// <summary>A run that was trained to the end and measured.</summary>
/// <param name="Run">The run.</param>
/// <param name="Record">The measurements.</param>
/// <param name="Summary">The summary of the final model; null for a dense parent.</param>
internal sealed record FinishedRun(StudyRun Run, RunRecord Record, ModelSummary? Summary) : RunOutcome(Run);

/// <summary>A run whose loss became infinite or not a number.</summary>
/// <param name="Run">The run.</param>
/// <param name="Divergence">Where and why it diverged.</param>
internal sealed record DivergedRun(StudyRun Run, StudyDivergence Divergence) : RunOutcome(Run);
