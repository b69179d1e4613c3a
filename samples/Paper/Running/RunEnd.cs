using Fpe.Expansion;
using Fpe.Interference;
using Fpe.Research.Clauses;
using Fpe.Training;
using Samples.Paper.Experiments;
using Samples.Paper.Results;

namespace Samples.Paper.Running;

/// <summary>Creates the result of a finished run.</summary>
/// <param name="configuration">The run.</param>
/// <param name="history">The history of its training.</param>
internal sealed class RunEnd(RunConfiguration configuration, TrainingHistory history)
{
    private const int CapacityBins = 20;

    private static readonly ExpansionPlan AnyExpansion = new(2, Split.Learned);

    // Pictures of a few small networks of the first seed are sufficient.
    private static readonly Method[] MethodsInPictures = [Method.Dense, Method.Random, Method.Clause, Method.Feature];

    /// <summary>Returns the result of a run that diverged.</summary>
    public RunResult Diverged(int epoch, int step) => Result() with { Divergence = new Divergence(epoch, step) };

    /// <summary>Returns the result of a run that was trained to the end; its last step may still have made it diverge.</summary>
    /// <param name="models">The network, or several whose logits are averaged; the described layer is that of the first.</param>
    /// <param name="task">The task that it learned.</param>
    /// <param name="data">The data.</param>
    public RunResult Measure(IReadOnlyList<PlannedModel> models, LearningTask task, TaskData data)
    {
        Evaluation[] tests = [.. models.Select(each => Evaluator.Evaluate(each, data.Test, task.Loss))];
        if (!tests.All(test => double.IsFinite(test.Loss)))
            return Diverged(configuration.Setting.Epochs, (data.Train.Count + configuration.Setting.BatchSize - 1) / configuration.Setting.BatchSize);

        PlannedModel model = models[0];
        ModelPlan dense = task.PlanOf(configuration.Setting, ExpansionPlan.None);
        EdgeLayer first = FirstExpanded(model, task);
        double[] weights = first.ReadWeights();
        return Result() with
        {
            Measurement = new Measurement
            {
                TestAccuracy = models.Count > 1 ? LogitAverage.Accuracy(models, data.Test) : tests[0].Accuracy!.Value,
                TrainAccuracy = models.Count > 1 ? LogitAverage.Accuracy(models, data.Train) : Evaluator.Evaluate(model, data.Train, task.Loss).Accuracy!.Value,
                DenseWeights = dense.DenseWeights,
                DenseBiases = dense.DenseBiases,
                Weights = models.Sum(each => each.WeightCount),
                Biases = models.Sum(each => each.BiasCount),
                Interference = Interference(first, weights),
                Clauses = data.Clauses.Count == 0 ? null : Coverage(first, data.Clauses),
                Pictures = IsPictured ? Pictures(first, weights) : null,
            },
        };
    }

    // What is expanded in others of the setting is described in a dense network as well; a control without hidden layers has its output.
    private EdgeLayer FirstExpanded(PlannedModel model, LearningTask task)
    {
        string name = task.PlanOf(configuration.Setting, AnyExpansion).EdgeLayers.First(layer => layer.Expansion.IsExpanded).Name;
        return model.Layers.OfType<EdgeLayer>().FirstOrDefault(layer => layer.Name == name) ?? model.Layers.OfType<EdgeLayer>().Last();
    }

    private bool IsPictured =>
        configuration is { Seed: 0, Setting: { Width: 8 or 16, Clauses: null or 8, Literals: null or 3 }, Variant.Factor: <= 2 }
        && MethodsInPictures.Contains(configuration.Variant.Method);

    private RunResult Result() => new() { Configuration = configuration, Loss = LossCurve.Of(history.Losses), Seconds = Math.Round(history.Seconds, 3) };

    private static InterferenceMeasures Interference(EdgeLayer layer, double[] weights)
    {
        InterferenceMetrics metrics = InterferenceMetrics.Of(layer.Edges, weights);
        double[] capacities = FeatureCapacity.OfInputs(layer.Edges, weights);
        var histogram = new int[CapacityBins];
        foreach (double capacity in capacities.Where(capacity => capacity > 0))
            histogram[Math.Min((int)(capacity * CapacityBins), CapacityBins - 1)]++;
        return new InterferenceMeasures
        {
            Capacity = metrics.FeatureCapacity,
            Cosine = metrics.MeanCosine,
            AbsoluteCosine = metrics.MeanAbsoluteCosine,
            FeaturesPerNeuron = metrics.FeaturesPerNeuron,
            CapacityHistogram = histogram,
            UnusedInputs = capacities.Length - histogram.Sum(),
        };
    }

    private ClauseMeasures Coverage(EdgeLayer layer, IReadOnlyList<IReadOnlyList<int>> clauses)
    {
        ClauseCounts counts = ClauseCounts.Of(layer.Edges, clauses);
        int share = configuration.Variant.Share;
        // Learned children may outnumber the inputs, which those of a partition cannot; values expected by chance are shown only for random
        // splits.
        var theory = new ClauseTheory(Math.Min(layer.Children, layer.Edges.InputCount), layer.Edges.InputCount);
        return new ClauseMeasures
        {
            Covered = counts.Covered,
            ExpectedCovered = theory.Covered(clauses, (layer.NeuronCount + share - 1) / share),
            Collisions = counts.Collisions,
            ExpectedCollisions = theory.Collisions(clauses, layer.NeuronCount),
        };
    }

    private static LayerPictures Pictures(EdgeLayer layer, double[] weights) => new(
        MatrixPicture.Of(Array.ConvertAll(layer.ToDense(), weight => (double)weight), layer.Edges.OutputCount, layer.Edges.InputCount),
        MatrixPicture.Of(GramMatrix.OfInputs(layer.Edges, weights), layer.Edges.InputCount, layer.Edges.InputCount));
}
