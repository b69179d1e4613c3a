using Fpe.Data;
using Fpe.Metrics;
using Fpe.Runtime.Tests.Layers;

namespace Fpe.Runtime.Tests.Metrics;

public class ModelEvaluationTests
{
    [Fact]
    public void Classes_are_compared_with_those_that_are_predicted()
    {
        using PlannedModel model = LinearModels.Identity(2);
        model.Meaning = new ModelMeaning { Task = ModelTask.Classification, ClassNames = ["a", "b"] };
        MetricReport report = model.Evaluate([1, 0, 0, 3, 2, 0], [0, 1, 1]);
        Assert.Equal((3, 2 / 3.0), (report.Count, report.Accuracy));
        Assert.StartsWith("true \\ predicted  a  b\n", report.ConfusionMatrix.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Many_samples_are_those_that_are_predicted_one_by_one()
    {
        using PlannedModel model = LinearModels.Identity(3);
        model.Meaning = new ModelMeaning { Task = ModelTask.Classification };
        var random = new Random(1);
        float[] samples = [.. Enumerable.Range(0, 3 * 700).Select(_ => (float)random.NextDouble())];
        int[] labels = [.. Enumerable.Range(0, 700).Select(_ => random.Next(3))];
        int correct = Enumerable.Range(0, 700).Count(s => model.Predict(samples.AsSpan(3 * s, 3)) == labels[s]);
        Assert.Equal(correct / 700.0, model.Evaluate(samples, labels).Accuracy);
    }

    [Fact]
    public void Regression_is_measured_in_the_units_of_the_targets()
    {
        Dataset train = Dataset.OfTargets("train", 1, [10, 30], 1, [1000, 1400]);
        using PlannedModel model = LinearModels.Identity(1);
        model.Meaning = new ModelMeaning { Task = ModelTask.Regression, Features = Standardization.PerFeature(train), Targets = Standardization.OfTargets(train) };
        Assert.Equal((0, 1), (model.Evaluate(train).MeanAbsoluteError, model.Evaluate(train).RSquared));
        Assert.Equal(100, model.Evaluate([20, 30], [1100f, 1300]).MeanAbsoluteError);
        Assert.Equal(100, model.Evaluate(model.Meaning.Features!.Apply(Dataset.OfTargets("test", 1, [20, 30], 1, [1100, 1300]))).RootMeanSquaredError);
    }

    [Fact]
    public void Labels_and_bits_are_compared_by_the_threshold()
    {
        using PlannedModel many = LinearModels.Identity(2);
        many.Meaning = new ModelMeaning { Task = ModelTask.MultiLabel };
        Assert.Equal(0.5, many.Evaluate([1, -1, 1, 1], [1f, 0, 0, 1]).Accuracy);
        using PlannedModel one = LinearModels.Identity(1);
        one.Meaning = new ModelMeaning { Task = ModelTask.BinaryClassification };
        Assert.Equal(0.75, one.Evaluate([1, -1, 2, -2], [1, 0, 0, 0]).Accuracy);
        Assert.Equal(0.75, one.Evaluate([1, -1, 2, -2], [1f, 0, 0, 0]).Accuracy);
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        using PlannedModel model = LinearModels.Identity(2);
        Assert.Equal(
            "LinearNet: it cannot be evaluated, because its task is not known; train it with a loss that has one, or set Meaning with a Task.",
            Assert.Throws<TaskMismatchException>(() => model.Evaluate([1, 2], [0])).Message);
        model.Meaning = new ModelMeaning { Task = ModelTask.Classification };
        Refused("samples: its samples have target values, but the task of LinearNet is classification; give the samples classes.", () => model.Evaluate([1, 2], [0f, 1]));
        Refused("three: it has 3 classes, but LinearNet predicts 2; evaluate on data of the same kind.", () => model.Evaluate(Dataset.OfClasses("three", 2, [1, 2], [2], 3)));
        Refused("wide: its samples have 3 values, but LinearNet reads 2; evaluate on data of the same kind.", () => model.Evaluate(Dataset.OfClasses("wide", 3, [1, 2, 3], [0], 2)));
        model.Meaning = new ModelMeaning { Task = ModelTask.Regression };
        Refused("samples: its samples have classes, but the task of LinearNet is regression; give the samples target values.", () => model.Evaluate([1, 2], [0]));
        model.Meaning = new ModelMeaning { Task = ModelTask.MultiLabel };
        Refused("samples: target 1 of sample 0 is 0.5, but the metrics of multi-label classification need 0 or 1; round the targets.", () => model.Evaluate([1, 2], [0f, 0.5f]));

        static void Refused(string message, Func<MetricReport> evaluate) => Assert.Equal(message, Assert.Throws<DatasetException>(evaluate).Message);
    }
}
