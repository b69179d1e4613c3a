using Fpe.Compute;
using Fpe.Data;
using Fpe.Research.Reference;
using Fpe.Runtime.Tests.Layers;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Training;

/// <summary>What cannot work is said before training starts, with the numbers and the fix.</summary>
public class TrainingOptionsTests
{
    private static readonly Dataset Train = TrainingData.Directions(20, 8, 3);

    public static TheoryData<string, string> Problems => new()
    {
        { "epochs", "Epochs: 0 is out of range; it must be at least 1." },
        { "start", "StartEpoch: -1 is out of range; it must be at least 0." },
        { "start at end", "StartEpoch: 50 leaves no epoch of 50 to run; use at most 49." },
        { "batch", "BatchSize: 0 is out of range; it must be at least 1." },
        { "batch above data", "BatchSize: 21 is larger than directions, which has 20 samples; use at most 20." },
        { "expand before start", "ExpandAfter: -1 is out of range; it must be at least 0." },
        { "expand at end", "ExpandAfter: 50 leaves no epoch of 50 for the expanded model; use at most 49." },
        { "feature without warm-up", "ExpandAfter: TestNet.Hidden is split by features of the trained parent, which requires a warm-up, but ExpandAfter is 0; use at least 1." },
        { "learning rate", "LearningRate: 0 is out of range; it must be greater than 0." },
        { "weight decay", "WeightDecay: NaN is out of range; it must be at least 0." },
        { "beta", "Beta2: 1 is out of range; it must be at least 0 and less than 1." },
        { "nesterov", "Momentum: 0 is out of range; it must be greater than 0 if Nesterov is set." },
        { "warm-up", "WarmUpSteps: -1 is out of range; it must be at least 0." },
        { "gamma", "Gamma: 1.5 is out of range; it must be greater than 0 and at most 1." },
        { "floor", "Floor: -0.5 is out of range; it must be from 0 to 1." },
        { "norm", "MaximumGradientNorm: 0 is out of range; it must be greater than 0." },
        { "patience", "Patience: 0 is out of range; it must be at least 1." },
        { "early stopping", "EarlyStopping: it monitors the validation loss, but there is no validation data; pass validation data to Fit." },
    };

    [Theory]
    [MemberData(nameof(Problems))]
    public void Wrong_options_are_named(string problem, string message)
    {
        var options = new TrainingOptions { BatchSize = 10 };
        options = problem switch
        {
            "epochs" => options with { Epochs = 0 },
            "start" => options with { StartEpoch = -1 },
            "start at end" => options with { StartEpoch = 50 },
            "batch" => options with { BatchSize = 0 },
            "batch above data" => options with { BatchSize = 21 },
            "expand before start" => options with { ExpandAfter = -1 },
            "expand at end" => options with { ExpandAfter = 50 },
            "learning rate" => options with { Optimizer = new Adam(0) },
            "weight decay" => options with { Optimizer = new Sgd(1) { WeightDecay = double.NaN } },
            "beta" => options with { Optimizer = new Adam { Beta2 = 1 } },
            "nesterov" => options with { Optimizer = new Sgd(1) { Nesterov = true } },
            "warm-up" => options with { Schedule = new ConstantSchedule { WarmUpSteps = -1 } },
            "gamma" => options with { Schedule = new StepSchedule(10, 1.5) },
            "floor" => options with { Schedule = new CosineSchedule(-0.5) },
            "norm" => options with { MaximumGradientNorm = 0 },
            "patience" => options with { EarlyStopping = new EarlyStopping(0) },
            "early stopping" => options with { EarlyStopping = new EarlyStopping(3) },
            _ => options,
        };
        using var model = new PlannedModel(Expansions.Plan(problem.StartsWith("feature", StringComparison.Ordinal) ? "feature" : "random"), 1, new ReferenceDevice(ElementType.Float32));
        Assert.Equal(message, Assert.Throws<TrainingOptionsException>(() => new Trainer(options).Fit(model, Train)).Message);
        Assert.False(model.IsExpanded);
    }

    public static TheoryData<Optimizer, string> WrongOptimizers => new()
    {
        { new Adam(double.PositiveInfinity), "LearningRate: Infinity is out of range; it must be greater than 0." },
        { new Adam { WeightDecay = -1e-9 }, "WeightDecay: -1E-09 is out of range; it must be at least 0." },
        { new Adam { Beta1 = -0.1 }, "Beta1: -0.1 is out of range; it must be at least 0 and less than 1." },
        { new Adam { Beta1 = 1 }, "Beta1: 1 is out of range; it must be at least 0 and less than 1." },
        { new AdamW { Beta2 = -0.1 }, "Beta2: -0.1 is out of range; it must be at least 0 and less than 1." },
        { new Adam { Epsilon = 0 }, "Epsilon: 0 is out of range; it must be greater than 0." },
        { new Adam { Epsilon = double.PositiveInfinity }, "Epsilon: Infinity is out of range; it must be greater than 0." },
        { new Sgd(1) { Momentum = 1 }, "Momentum: 1 is out of range; it must be at least 0 and less than 1." },
        { new Sgd(1) { Momentum = -0.5 }, "Momentum: -0.5 is out of range; it must be at least 0 and less than 1." },
    };

    [Theory]
    [MemberData(nameof(WrongOptimizers))]
    public void Wrong_settings_of_an_optimizer_are_named(Optimizer optimizer, string message)
    {
        var error = Assert.Throws<TrainingOptionsException>(() => new TrainingOptions { Optimizer = optimizer }.Validate(Expansions.Plan("random")));
        Assert.Equal(message, error.Message);
        Assert.Equal(message.Split(':')[0], error.Option);
    }

    public static TheoryData<TrainingOptions, string> WrongSettings => new()
    {
        { new TrainingOptions { Schedule = new StepSchedule(0) }, "EveryEpochs: 0 is out of range; it must be at least 1." },
        { new TrainingOptions { Schedule = new StepSchedule(1, 0) }, "Gamma: 0 is out of range; it must be greater than 0 and at most 1." },
        { new TrainingOptions { Schedule = new StepSchedule(1) { WarmUpSteps = -1 } }, "WarmUpSteps: -1 is out of range; it must be at least 0." },
        { new TrainingOptions { Schedule = new CosineSchedule(1.5) }, "Floor: 1.5 is out of range; it must be from 0 to 1." },
        { new TrainingOptions { Schedule = new CosineSchedule { WarmUpSteps = -1 } }, "WarmUpSteps: -1 is out of range; it must be at least 0." },
        { new TrainingOptions { MaximumGradientNorm = double.PositiveInfinity }, "MaximumGradientNorm: Infinity is out of range; it must be greater than 0." },
        { new TrainingOptions { EarlyStopping = new EarlyStopping(1, -0.5) }, "MinimumChange: -0.5 is out of range; it must be at least 0." },
        { new TrainingOptions { EarlyStopping = new EarlyStopping(1, double.PositiveInfinity) }, "MinimumChange: Infinity is out of range; it must be at least 0." },
        { new TrainingOptions { Epochs = 3, StartEpoch = 4 }, "StartEpoch: 4 leaves no epoch of 3 to run; use at most 2." },
        { new TrainingOptions { Epochs = 3, ExpandAfter = 4 }, "ExpandAfter: 4 leaves no epoch of 3 for the expanded model; use at most 2." },
        { new TrainingOptions { Checkpoints = new CheckpointOptions("x") { KeepLast = 0 } }, "KeepLast: 0 is out of range; it must be at least 1." },
        { new TrainingOptions { Checkpoints = new CheckpointOptions("x") { EveryEpochs = 0 } }, "EveryEpochs: 0 is out of range; it must be at least 1." },
        { new TrainingOptions { Checkpoints = new CheckpointOptions("x") { EverySteps = 0 } }, "EverySteps: 0 is out of range; it must be at least 1." },
        { new TrainingOptions { Checkpoints = new CheckpointOptions("x") { EverySteps = -3 } }, "EverySteps: -3 is out of range; it must be at least 1." },
        { new TrainingOptions { Checkpoints = new CheckpointOptions(" ") }, "Checkpoints: the folder name is empty; specify a folder." },
    };

    [Theory]
    [MemberData(nameof(WrongSettings))]
    public void Wrong_settings_are_named(TrainingOptions options, string message) =>
        Assert.Equal(message, Assert.Throws<TrainingOptionsException>(() => options.Validate(Expansions.Plan("random"))).Message);

    public static TheoryData<TrainingOptions> Limits =>
    [
        new() { Epochs = 1, StartEpoch = 0, ExpandAfter = 0, BatchSize = 1 },
        new() { Epochs = 2, StartEpoch = 1, ExpandAfter = 1, BatchSize = 32 },
        new() { Optimizer = new Adam(double.Epsilon) { Beta1 = 0, Beta2 = 0, WeightDecay = 0, Epsilon = double.Epsilon } },
        new() { Optimizer = new Sgd(1) { Momentum = double.Epsilon, Nesterov = true } },
        new() { Schedule = new StepSchedule(1, 1), MaximumGradientNorm = double.Epsilon },
        new() { Schedule = new CosineSchedule(1), EarlyStopping = new EarlyStopping(1, 0) },
        new() { Checkpoints = new CheckpointOptions("x") { EveryEpochs = 1, EverySteps = 1, KeepLast = 1 } },
    ];

    [Theory]
    [MemberData(nameof(Limits))]
    public void Options_may_be_at_their_limits(TrainingOptions options)
    {
        using var model = new PlannedModel(Expansions.Plan("random"));
        Dataset data = TrainingData.Directions(32, 8, 3);
        options.Validate(model, data, data);
    }

    /// <summary>What is wrong with an expansion that never comes does not matter.</summary>
    [Fact]
    public void A_dense_parent_may_be_trained_in_any_way()
    {
        var options = new TrainingOptions { Epochs = 5, StartEpoch = 3, ExpandAfter = 2 };
        options.Validate(Expansions.Plan("random"));
        using var dense = new PlannedModel(Plans.Chain(8, false, new LinearPlan("Logits", 8, 3)));
        (options with { BatchSize = 20 }).Validate(dense, Train);
        (options with { BatchSize = 20, ExpandAfter = 7 }).Validate(dense, Train);
        using var feature = new PlannedModel(Expansions.Plan("feature"));
        new TrainingOptions { BatchSize = 20, ExpandAfter = null }.Validate(feature, Train);
        new TrainingOptions { BatchSize = 20, ExpandAfter = 1 }.Validate(feature, Train);
    }

    [Fact]
    public void Validation_data_has_to_fit_too()
    {
        using var model = new PlannedModel(Expansions.Plan("random"));
        Assert.Equal(
            "directions: its samples have 7 values, but TestNet reads 8; change [Model(inputs: …)] or the data.",
            Assert.Throws<DatasetException>(() => new TrainingOptions { BatchSize = 20 }.Validate(model, Train, TrainingData.Directions(40, 7, 3))).Message);
    }

    /// <summary>One output tells two classes apart by its sign, and no more.</summary>
    [Fact]
    public void One_output_is_enough_for_two_classes_if_the_loss_has_targets()
    {
        ModelPlan plan = Plans.OneHidden(8, 4, 1, new(2));
        using var model = new PlannedModel(plan);
        var options = new TrainingOptions { BatchSize = 20, Loss = Loss.SigmoidCrossEntropy };
        options.Validate(model, TrainingData.Directions(20, 8, 2));
        options.Validate(model, TrainingData.Directions(20, 8, 1));
        (options with { Loss = Loss.MeanSquaredError }).Validate(model, TrainingData.Directions(20, 8, 2));
        Refused(options, 3);
        Refused(options with { Loss = Loss.SoftmaxCrossEntropy }, 2);
        using var two = new PlannedModel(Plans.OneHidden(8, 4, 2, new(2)));
        Assert.Throws<DatasetException>(() => options.Validate(two, TrainingData.Directions(20, 8, 1)));
        Assert.Throws<DatasetException>(() => options.Validate(two, TrainingData.Directions(20, 8, 3)));

        void Refused(TrainingOptions refused, int classes) => Assert.Equal(
            $"directions: it has {classes} classes, but TestNet has 1 outputs; give its last layer {classes} neurons.",
            Assert.Throws<DatasetException>(() => refused.Validate(model, TrainingData.Directions(20, 8, classes))).Message);
    }

    [Fact]
    public void Targets_of_sigmoids_are_probabilities()
    {
        using var model = new PlannedModel(Expansions.Plan("random"));
        var options = new TrainingOptions { BatchSize = 2, Loss = Loss.SigmoidCrossEntropy };
        options.Validate(model, Targets(0, 1, 0.5f, 1, 0, 0));
        (options with { Loss = Loss.MeanSquaredError }).Validate(model, Targets(-5, 7, 0, 0, 0, 0));
        Assert.Equal(
            "t: target 1 of sample 1 is -0.25, but sigmoid cross-entropy compares probabilities from 0 to 1; scale the targets or use another loss.",
            Assert.Throws<DatasetException>(() => options.Validate(model, Targets(0, 1, 1, 1, -0.25f, 2))).Message);

        static Dataset Targets(params float[] targets) => Dataset.OfTargets("t", 8, new float[16], 3, targets);
    }

    [Fact]
    public void Data_that_does_not_fit_is_named()
    {
        var sigmoid = new TrainingOptions { BatchSize = 1, Loss = Loss.SigmoidCrossEntropy };
        AssertData(new TrainingOptions(), TrainingData.Directions(40, 7, 3), "directions: its samples have 7 values, but TestNet reads 8; change [Model(inputs: …)] or the data.");
        AssertData(
            new TrainingOptions(), TrainingData.Directions(40, 8, 2),
            "directions: it has 2 classes, but TestNet has 3 outputs; give its last layer 2 neurons, or read the data with 3 classes if some have no samples here.");
        AssertData(new TrainingOptions(), TrainingData.Directions(40, 8, 4), "directions: it has 4 classes, but TestNet has 3 outputs; give its last layer 4 neurons.");
        AssertData(new TrainingOptions { BatchSize = 1 }, Dataset.OfTargets("t", 8, new float[8], 3, new float[3]), "t: its samples have target values, but softmax cross-entropy compares classes; use another loss or give the samples labels.");
        AssertData(sigmoid, Dataset.OfTargets("t", 8, new float[8], 2, new float[2]), "t: its samples have 2 target values, but TestNet has 3 outputs; give its last layer 2 neurons.");
        AssertData(sigmoid, Dataset.OfTargets("t", 8, new float[8], 3, [0, 1, 1.5f]), "t: target 2 of sample 0 is 1.5, but sigmoid cross-entropy compares probabilities from 0 to 1; scale the targets or use another loss.");
    }

    [Fact]
    public void A_batch_is_no_larger_than_fits()
    {
        using var model = new PlannedModel(Plans.Chain(1, false, new LinearPlan("Logits", 1, 1_000_000)));
        Assert.Equal(2147, model.Plan.MaximumBatch);
        Dataset data = Dataset.OfClasses("data", 1, new float[3000], new int[3000], 1_000_000);
        Assert.Equal(
            "BatchSize: 2148 is too large for TestNet, whose widest layer has 1000000 values for each sample; use at most 2147.",
            Assert.Throws<TrainingOptionsException>(() => new Trainer(new TrainingOptions { BatchSize = 2148 }).Fit(model, data)).Message);
        new TrainingOptions { BatchSize = 2147 }.Validate(model, data);
        Assert.Equal(
            "batchSize: 3000 is out of range; it must be at most 2147 for TestNet.",
            Assert.Throws<TrainingOptionsException>(() => new Evaluator(model, data, Loss.SoftmaxCrossEntropy, int.MaxValue)).Message);
        Assert.Equal(
            "batchSize: 0 is out of range; it must be at least 1.",
            Assert.Throws<TrainingOptionsException>(() => new Evaluator(model, data, Loss.SoftmaxCrossEntropy, 0)).Message);
    }

    [Fact]
    public void A_batch_of_the_largest_number_is_all_samples()
    {
        using var model = new PlannedModel(Expansions.Plan("random"), 1, new ReferenceDevice(ElementType.Float32));
        Assert.Equal(Evaluator.Evaluate(model, Train, Loss.SoftmaxCrossEntropy, Train.Count), Evaluator.Evaluate(model, Train, Loss.SoftmaxCrossEntropy, int.MaxValue));
        Assert.StartsWith(
            "BatchSize: 2147483647 is larger than", Assert.Throws<TrainingOptionsException>(() => new Trainer(new TrainingOptions { BatchSize = int.MaxValue }).Fit(model, Train)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Targets_that_do_not_fit_into_memory_are_refused()
    {
        ModelPlan plan = Plans.Chain(1, false, new LinearPlan("Logits", 1, 1 << 20));
        Dataset data = Dataset.OfClasses("data", 1, new float[1 << 11], new int[1 << 11], 1 << 20);
        using var model = new PlannedModel(plan);
        Assert.Equal(
            "data: 2048 samples with a target for each of 1048576 outputs exceed the maximum of 2147483591 targets; use fewer samples, or a loss that compares classes.",
            Assert.Throws<DatasetException>(() => new Evaluator(model, data, Loss.SigmoidCrossEntropy)).Message);
    }

    private static void AssertData(TrainingOptions options, Dataset train, string message)
    {
        using var model = new PlannedModel(Expansions.Plan("random"), 1, new ReferenceDevice(ElementType.Float32));
        Assert.Equal(message, Assert.Throws<DatasetException>(() => new Trainer(options).Fit(model, train)).Message);
    }
}
