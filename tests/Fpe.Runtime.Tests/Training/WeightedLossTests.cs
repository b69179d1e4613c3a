using Fpe.Compute;
using Fpe.Data;
using Fpe.Distributed;
using Fpe.Expansion;
using Fpe.Research.Reference;
using Fpe.Runtime.Tests.Layers;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Training;

/// <summary>What weights, label smoothing and focus mean: formulas of PyTorch and Keras, computed from the outputs of a model.</summary>
public sealed class WeightedLossTests : IDisposable
{
    private const int Count = 50;

    private static readonly Dataset Data = TrainingData.Directions(Count, 8, 3);
    private static readonly double[] ClassWeights = [0.5, 2, 3];
    private static readonly float[] SampleWeights = [.. Enumerable.Range(0, Count).Select(s => s % 4 / 2f)];

    private readonly PlannedModel model = new(Expansions.Plan("random"), seed: 1, new ReferenceDevice(ElementType.Float64));

    /// <summary>CrossEntropyLoss(weight, label_smoothing): Σ_s Σ_c w_c q_sc (−log p_sc) / Σ_s w_y.</summary>
    [Theory]
    [InlineData(0, 50)]
    [InlineData(0.1, 50)]
    [InlineData(0.1, 7)]
    public void Class_weights_and_label_smoothing_are_those_of_PyTorch(double smoothing, int batchSize)
    {
        double loss = 0, weights = 0;
        for (int s = 0; s < Count; s++)
        {
            double[] logP = LogSoftmax(s);
            int label = Data.Label(s);
            weights += ClassWeights[label];
            loss -= (1 - smoothing) * ClassWeights[label] * logP[label];
            for (int c = 0; c < 3; c++)
                loss -= smoothing / 3 * ClassWeights[c] * logP[c];
        }

        Assert.Equal(loss / weights, LossOf(new SoftmaxCrossEntropyLoss { LabelSmoothing = smoothing }, Data, batchSize, new LossWeighting(ClassWeights, null)), 1e-6);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(3)]
    public void Weights_of_samples_divide_by_their_sum(int batchSize)
    {
        Dataset weighted = Data.WithWeights(SampleWeights);
        double loss = 0;
        for (int s = 0; s < Count; s++)
            loss -= SampleWeights[s] * LogSoftmax(s)[Data.Label(s)];
        Assert.Equal(loss / SampleWeights.Sum(), Evaluator.Evaluate(model, weighted, Loss.SoftmaxCrossEntropy, batchSize).Loss, 1e-6);

        // Accuracy counts each sample once.
        Assert.Equal(Evaluator.Evaluate(model, Data, Loss.SoftmaxCrossEntropy).Accuracy, Evaluator.Evaluate(model, weighted, Loss.SoftmaxCrossEntropy).Accuracy);
    }

    /// <summary>Softmax: Keras' CategoricalFocalCrossentropy with alpha 1.</summary>
    [Fact]
    public void The_focal_loss_is_that_of_Lin_and_others()
    {
        double loss = 0;
        for (int s = 0; s < Count; s++)
        {
            double logP = LogSoftmax(s)[Data.Label(s)];
            loss -= Math.Pow(1 - Math.Exp(logP), 2) * logP;
        }

        Assert.Equal(loss / Count, LossOf(new SoftmaxCrossEntropyLoss { FocalGamma = 2 }, Data, 8, LossWeighting.None), 1e-6);
    }

    /// <summary>BCEWithLogitsLoss(pos_weight), with targets smoothed as in Keras, and focus.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.2, 0)]
    [InlineData(0.2, 1.5)]
    public void Positive_weights_are_those_of_PyTorch(double smoothing, double gamma)
    {
        double loss = 0;
        for (int s = 0; s < Count; s++)
        {
            float[] z = model.Outputs(Data.Sample(s).ToArray());
            for (int o = 0; o < 3; o++)
            {
                double target = ((Data.Label(s) == o ? 1 : 0) * (1 - smoothing)) + (smoothing / 2), p = 1 / (1 + Math.Exp(-z[o]));
                loss -= (ClassWeights[o] * target * Math.Pow(1 - p, gamma) * Math.Log(p)) + ((1 - target) * Math.Pow(p, gamma) * Math.Log(1 - p));
            }
        }

        var kind = new SigmoidCrossEntropyLoss { LabelSmoothing = smoothing, FocalGamma = gamma };
        Assert.Equal(loss / (3 * Count), LossOf(kind, Data, 8, new LossWeighting(null, ClassWeights)), 1e-6);
    }

    /// <summary>In one batch of everything, a sample of weight 2 is two samples, and one of weight 0 is none.</summary>
    [Theory]
    [InlineData("softmax")]
    [InlineData("sigmoid")]
    [InlineData("squared error")]
    [InlineData("focal")]
    public void A_weight_of_two_is_a_sample_twice(string name)
    {
        Loss loss = name switch
        {
            "softmax" => Loss.SoftmaxCrossEntropy,
            "sigmoid" => Loss.SigmoidCrossEntropy,
            "squared error" => Loss.MeanSquaredError,
            _ => new SoftmaxCrossEntropyLoss { FocalGamma = 2, LabelSmoothing = 0.1 },
        };
        float[] weights = [.. Enumerable.Range(0, Count).Select(s => (float)(s % 3))];
        int[] copies = [.. Enumerable.Range(0, Count).SelectMany(s => Enumerable.Repeat(s, s % 3))];
        Dataset repeated = Dataset.OfClasses("repeated", 8, [.. copies.SelectMany(s => Data.Sample(s).ToArray())], [.. copies.Select(Data.Label)], 3);
        AssertClose(Fit(repeated, loss), Fit(Data.WithWeights(weights), loss));

        // Class weights are weights of samples, too.
        float[] ofClasses = [.. Enumerable.Range(0, Count).Select(s => (float)ClassWeights[Data.Label(s)])];
        if (name != "focal")
            AssertClose(Fit(Data.WithWeights(ofClasses), loss), Fit(Data, loss, LossWeights.Of(ClassWeights)));
    }

    [Fact]
    public void Weights_of_one_change_nothing_but_rounding() =>
        AssertClose(Fit(Data, Loss.SoftmaxCrossEntropy), Fit(Data.WithWeights([.. Enumerable.Repeat(1f, Count)]), Loss.SoftmaxCrossEntropy));

    [Fact]
    public void Balanced_weights_come_from_the_training_data()
    {
        Dataset data = Dataset.OfClasses("few", 1, new float[6], [0, 0, 0, 1, 1, 2], 3);
        ModelPlan plan = Plans.OneHidden(1, 2, 3, ExpansionPlan.None);
        Assert.Equal([6 / 9.0, 1, 2], LossWeights.Balanced.OfClasses(data, plan));
        Assert.Equal([1, 2, 5], LossWeights.Balanced.OfPositives(data, plan));
        Dataset binary = Dataset.OfClasses("binary", 1, new float[5], [0, 0, 0, 0, 1], 2);
        ModelPlan single = Plans.OneHidden(1, 2, 1, ExpansionPlan.None);
        Assert.Equal([4], LossWeights.Balanced.OfPositives(binary, single));
        Assert.Equal([5 / 8.0, 2.5], LossWeights.Balanced.OfClasses(binary, single));
        Assert.Equal([1, 3], LossWeights.Balanced.OfPositives(Dataset.OfTargets("labels", 1, new float[4], 2, [1, 0, 1, 0, 0, 0, 0, 1]), Plans.OneHidden(1, 2, 2, ExpansionPlan.None)));
        Assert.Equal(("balanced", "1, 0.5"), (LossWeights.Balanced.ToString(), LossWeights.Of(1, 0.5).ToString()));
    }

    [Fact]
    public void A_batch_whose_weights_are_all_zero_has_no_loss_and_no_gradient()
    {
        float[] weights = [.. Enumerable.Range(0, Count).Select(s => s == 7 ? 1f : 0)];
        var options = new TrainingOptions { Epochs = 2, BatchSize = 1, ExpandAfter = null, Optimizer = new Sgd(0.1) };
        TrainingResult result = new Trainer(options).Fit(model, Data.WithWeights(weights));
        using var other = new PlannedModel(Expansions.Plan("random"), seed: 1, new ReferenceDevice(ElementType.Float64));
        TrainingResult alone = new Trainer(options).Fit(other, Dataset.OfClasses("one", 8, Data.Sample(7).ToArray(), [Data.Label(7)], 3));
        AssertClose([.. alone.Epochs.Select(report => report.TrainLoss)], [.. result.Epochs.Select(report => report.TrainLoss)]);
        AssertClose(Values(other), Values(model));
    }

    [Fact]
    public void Parts_of_a_data_set_keep_their_weights()
    {
        Dataset weighted = Data.WithWeights([.. Enumerable.Range(0, Count).Select(s => 1f + s)]);
        (Dataset first, Dataset second) = weighted.Divide("first", 20, "second", seed: 3);
        foreach (Dataset part in new[] { first, second, Standardization.PerFeature(weighted).Apply(first) })
        {
            for (int s = 0; s < part.Count; s++)
                Assert.Contains(Enumerable.Range(0, Count), t => part.Weight(s) == 1 + t && part.Label(s) == Data.Label(t));
        }

        Assert.Equal(1, Data.Weight(3));
        Assert.Equal(4, Dataset.Join("joined", weighted, weighted).Weight(3));
        Assert.Equal(
            "joined: sample 1 has weight 1 in directions, but 2 in directions; give all parts the same weights, or the joined data set.",
            Assert.Throws<DatasetException>(() => Dataset.Join("joined", weighted, Data)).Message);
    }

    public static TheoryData<string, string> Problems => new()
    {
        { "too few", "directions: 50 samples, but 2 weights; pass one for every sample." },
        { "negative", "directions: the weight of sample 3 is -1; it must be finite and at least 0." },
        { "infinite", "directions: the weight of sample 3 is Infinity; it must be finite and at least 0." },
        { "zeros", "directions: the weights of all 50 samples are 0; give at least one sample a positive weight." },
        { "two classes", "ClassWeights: there are 2 weights, but 3 classes; give one for each." },
        { "negative class", "ClassWeights: the weight of class 1 is -2; it must be finite in 32 bits and at least 0." },
        { "zero classes", "ClassWeights: the weights of all 3 classes are 0; give at least one a positive weight." },
        { "unused class", "ClassWeights: class 2 has no samples in two, so it has no balanced weight; add samples, or use LossWeights.Of." },
        { "targets", "ClassWeights: the samples of targets have target values, not classes; use PositiveWeights, or Dataset.WithWeights for weights of samples." },
        { "classes of zero", "ClassWeights: all 50 samples of two have weight 0; give at least one of their classes a positive weight." },
        { "softmax positives", "PositiveWeights: softmax cross-entropy has no positive targets; use Loss.SigmoidCrossEntropy, or ClassWeights." },
        { "no positives", "PositiveWeights: no samples of two are positive for output 2, so it has no balanced weight; add others, or use LossWeights.Of." },
        { "NaN output", "PositiveWeights: the weight of output 0 is NaN; it must be finite in 32 bits and at least 0." },
        { "smoothing", "LabelSmoothing: 1 is out of range; it must be at least 0 and less than 1." },
        { "gamma", "FocalGamma: -1 is out of range; it must be at least 0." },
        { "own loss", "Loss: own takes no weights, but the samples of directions have some; use another loss, or override TakesWeights." },
        { "own loss in chunks", "Loss: own takes no weights, by which the mean over a batch is computed from its chunks; use another loss, or override TakesWeights." },
    };

    [Theory]
    [MemberData(nameof(Problems))]
    public void What_cannot_be_a_weight_is_named(string problem, string message)
    {
        Dataset two = TrainingData.Directions(Count, 8, 2, declared: 3);
        two = Dataset.OfClasses("two", 8, [.. Enumerable.Range(0, Count).SelectMany(s => two.Sample(s).ToArray())], [.. Enumerable.Range(0, Count).Select(two.Label)], 3);
        Dataset targets = Dataset.OfTargets("targets", 8, new float[16], 3, new float[6]);
        TrainingOptions options = new() { BatchSize = 2 }, sigmoid = options with { Loss = Loss.SigmoidCrossEntropy };
        Action action = problem switch
        {
            "too few" => () => Data.WithWeights([1, 2]),
            "negative" => () => Data.WithWeights([.. SampleWeights.Select((weight, s) => s == 3 ? -1 : weight)]),
            "infinite" => () => Data.WithWeights([.. SampleWeights.Select((weight, s) => s == 3 ? float.PositiveInfinity : weight)]),
            "zeros" => () => Data.WithWeights(new float[Count]),
            "two classes" => () => Validate(options with { ClassWeights = LossWeights.Of(1, 2) }),
            "negative class" => () => Validate(options with { ClassWeights = LossWeights.Of(1, -2, 3) }),
            "zero classes" => () => Validate(options with { ClassWeights = LossWeights.Of(0, 0, 0) }),
            "unused class" => () => Validate(options with { ClassWeights = LossWeights.Balanced }, two),
            "targets" => () => Validate(sigmoid with { ClassWeights = LossWeights.Balanced }, targets),
            "classes of zero" => () => Validate(options with { ClassWeights = LossWeights.Of(0, 0, 1) }, two),
            "softmax positives" => () => Validate(options with { PositiveWeights = LossWeights.Balanced }),
            "no positives" => () => Validate(sigmoid with { PositiveWeights = LossWeights.Balanced }, two),
            "NaN output" => () => Validate(sigmoid with { PositiveWeights = LossWeights.Of(double.NaN, 1, 1) }),
            "smoothing" => () => Validate(options with { Loss = new SoftmaxCrossEntropyLoss { LabelSmoothing = 1 } }),
            "gamma" => () => Validate(options with { Loss = new SigmoidCrossEntropyLoss { FocalGamma = -1 } }),
            "own loss in chunks" => () => Validate(options with { Loss = new OwnLoss(), DataParallel = new DataParallel(ProcessGroup.Single) { Chunks = 2 } }),
            _ => () => Validate(options with { Loss = new OwnLoss() }, Data.WithWeights(SampleWeights)),
        };
        Assert.Equal(message, Assert.ThrowsAny<FpeException>(action).Message);
    }

    public void Dispose() => model.Dispose();

    private void Validate(TrainingOptions options, Dataset? data = null) => options.Validate(model, data ?? Data);

    private double[] LogSoftmax(int sample)
    {
        float[] z = model.Outputs(Data.Sample(sample).ToArray());
        double logSum = Math.Log(z.Sum(value => Math.Exp(value)));
        return [.. z.Select(value => value - logSum)];
    }

    private double LossOf(Loss loss, Dataset data, int batchSize, LossWeighting weighting)
    {
        using var evaluator = new Evaluator(model, loss, batchSize, data, weighting);
        return evaluator.Evaluate().Loss;
    }

    private static double[] Fit(Dataset data, Loss loss, LossWeights? classWeights = null)
    {
        using var trained = new PlannedModel(Expansions.Plan("random"), seed: 1, new ReferenceDevice(ElementType.Float64));
        var options = new TrainingOptions { Epochs = 3, BatchSize = data.Count, Loss = loss, ClassWeights = classWeights, Optimizer = new Sgd(0.1) };
        TrainingResult result = new Trainer(options).Fit(trained, data);
        return [.. result.Epochs.Select(report => report.TrainLoss), .. Values(trained)];
    }

    private static double[] Values(Model trained) => [.. trained.Parameters.SelectMany(parameter => Slots.Read(parameter, parameter.Value))];

    private static void AssertClose(double[] expected, double[] actual) =>
        Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) <= 1e-6 * Math.Max(1, Math.Abs(a)));

    private sealed class OwnLoss : Loss
    {
        public override string Name => "own";

        protected internal override bool UsesTargets => false;

        protected internal override void Compute(IKernels kernels, Activations outputs, Batch batch, Activations? gradient, DeviceBuffer losses, int slot) =>
            kernels.SoftmaxCrossEntropy(outputs, batch.Labels!, gradient, losses, slot, batch.Count);

        protected internal override void CountCorrect(IKernels kernels, Activations outputs, Batch batch, DeviceBuffer counts, int slot)
        {
        }
    }
}
