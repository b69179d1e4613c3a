using System.Diagnostics;
using System.Globalization;
using Fpe.Compute;
using Fpe.Interference;
using Fpe.Training;

namespace Fpe.Cli.Running;

/// <summary>A run of a study: one seed of the dense parent or of the expanded model.</summary>
/// <param name="Model">The model.</param>
/// <param name="Seed">The seed of all random numbers; the dense and the expanded run of a seed start from the same weights.</param>
/// <param name="Training">The training options; the dense parent is never expanded.</param>
internal sealed record StudyRun(StudyModel Model, long Seed, TrainingOptions Training)
{
    /// <summary>Whether this is the expanded model instead of the dense parent.</summary>
    public bool IsExpanded => Training.ExpandAfter is not null;

    /// <summary>The label that distinguishes the run's network from others of the same model.</summary>
    public string Network => IsExpanded ? Model.ExpansionLabel : "dense";

    /// <summary>Returns the same run with checkpoints in its own subfolder.</summary>
    /// <param name="folder">The folder of the study.</param>
    /// <param name="resume">Whether to resume the run.</param>
    public StudyRun SavedIn(string folder, bool resume)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{Model.Plan.Name}-seed-{Seed}-{(IsExpanded ? "expanded" : "dense")}");
        return this with { Training = Training with { Checkpoints = new CheckpointOptions(Path.Combine(folder, name)) { Resume = resume } } };
    }

    /// <summary>Trains and evaluates the model.</summary>
    /// <returns>The outcome; null if the run was cancelled.</returns>
    public RunOutcome? Execute(StudyData data, Device device, ITrainingObserver observer, CancellationToken cancellation)
    {
        using Model model = Model.Create(Seed, device);
        var clock = Stopwatch.StartNew();
        try
        {
            TrainingResult result = new Trainer(Training, observer).Fit(model, data.Train, cancellation: cancellation);
            double seconds = clock.Elapsed.TotalSeconds;
            return result.StopReason == StopReason.Cancelled ? null : new FinishedRun(this, Measure(model, data, seconds), IsExpanded ? model.Summarize() : null);
        }
        catch (DivergenceException divergence)
        {
            return new DivergedRun(this, new StudyDivergence(divergence.Epoch, divergence.Message));
        }
    }

    private RunRecord Measure(Model model, StudyData data, double seconds)
    {
        Linear first = model.Layers.OfType<Linear>().First();
        InterferenceMetrics interference = InterferenceMetrics.Of(first.Edges, first.ReadWeights());
        return RunRecord.Of(
            this, model, seconds,
            testAccuracy: Evaluator.Evaluate(model, data.Test, Training.Loss).Accuracy!.Value,
            trainAccuracy: Evaluator.Evaluate(model, data.Train, Training.Loss).Accuracy!.Value,
            interference);
    }
}
