using Fpe.Training;

namespace Fpe.Cli.Running;

/// <summary>How a run ended.</summary>
/// <param name="Run">The run.</param>
internal abstract record RunOutcome(StudyRun Run);

/// <summary>A run that was trained to the end and measured.</summary>
/// <param name="Run">The run.</param>
/// <param name="Record">What was measured.</param>
/// <param name="Summary">The model as it was at the end.</param>
internal sealed record FinishedRun(StudyRun Run, RunRecord Record, ModelSummary Summary) : RunOutcome(Run);

/// <summary>A run whose loss became infinite or not a number.</summary>
/// <param name="Run">The run.</param>
/// <param name="Divergence">When.</param>
internal sealed record DivergedRun(StudyRun Run, DivergenceException Divergence) : RunOutcome(Run);
