using Fpe.Compute;
using Fpe.Compute.Reference;
using Fpe.Data;
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
        { "start at end", "StartEpoch: 50 leaves none of 50 epochs to run; use at most 49." },
        { "batch", "BatchSize: 0 is out of range; it must be at least 1." },
        { "batch above data", "BatchSize: 21 is larger than directions, which has 20 samples; use at most 20." },
        { "expand before start", "ExpandAfter: -1 is out of range; it must be at least 0." },
        { "expand at end", "ExpandAfter: 50 leaves no epoch of 50 for the expanded model; use at most 49." },
        { "feature without warm-up", "ExpandAfter: TestNet.Hidden is split by features of the trained parent, which needs a warm-up, but ExpandAfter is 0; use at least 1." },
        { "learning rate", "LearningRate: 0 is out of range; it must be above 0." },
        { "weight decay", "WeightDecay: NaN is out of range; it must be at least 0." },
        { "beta", "Beta2: 1 is out of range; it must be from 0 to below 1." },
        { "nesterov", "Momentum: 0 is out of range; it must be above 0 where Nesterov is set." },
        { "warm-up", "WarmUpSteps: -1 is out of range; it must be at least 0." },
        { "gamma", "Gamma: 1.5 is out of range; it must be above 0 and at most 1." },
        { "floor", "Floor: -0.5 is out of range; it must be from 0 to 1." },
        { "norm", "MaximumGradientNorm: 0 is out of range; it must be above 0." },
        { "patience", "Patience: 0 is out of range; it must be at least 1." },
        { "early stopping", "EarlyStopping: it watches the validation loss, but there is no validation data; pass some to Fit." },
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

    [Fact]
    public void Data_that_does_not_fit_is_named()
    {
        var sigmoid = new TrainingOptions { BatchSize = 1, Loss = Loss.SigmoidCrossEntropy };
        AssertData(new TrainingOptions(), TrainingData.Directions(40, 7, 3), "directions: its samples have 7 values, but TestNet reads 8; change [Model(inputs: …)] or the data.");
        AssertData(new TrainingOptions(), TrainingData.Directions(40, 8, 4), "directions: it has 4 classes, but TestNet has 3 outputs; give its last layer 4 neurons.");
        AssertData(new TrainingOptions { BatchSize = 1 }, Dataset.OfTargets("t", 8, new float[8], 3, new float[3]), "t: its samples have target values, but softmax cross-entropy compares classes; use another loss or give the samples labels.");
        AssertData(sigmoid, Dataset.OfTargets("t", 8, new float[8], 2, new float[2]), "t: its samples have 2 target values, but TestNet has 3 outputs; give its last layer 2 neurons.");
        AssertData(sigmoid, Dataset.OfTargets("t", 8, new float[8], 3, [0, 1, 1.5f]), "t: target 2 of sample 0 is 1.5, but sigmoid cross-entropy compares probabilities from 0 to 1; scale the targets or use another loss.");
    }

    private static void AssertData(TrainingOptions options, Dataset train, string message)
    {
        using var model = new PlannedModel(Expansions.Plan("random"), 1, new ReferenceDevice(ElementType.Float32));
        Assert.Equal(message, Assert.Throws<DatasetException>(() => new Trainer(options).Fit(model, train)).Message);
    }
}
