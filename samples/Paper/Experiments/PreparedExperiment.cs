namespace Samples.Paper.Experiments;

/// <summary>An experiment, ready to be run.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Plan">Its runs.</param>
/// <param name="Task">The task that they learn.</param>
internal sealed record PreparedExperiment(Experiment Experiment, ExperimentPlan Plan, LearningTask Task);
