using Fpe.Data;
using Fpe.Metrics;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Layers;

public class ModelMeaningTests
{
    private static readonly Dataset Two = Dataset.OfClasses("two", 2, [2, 5, 4, 15], [0, 1], 2);

    [Fact]
    public void The_task_follows_from_the_loss_and_what_samples_have()
    {
        Dataset classes = Dataset.OfClasses("classes", 2, [0, 1, 1, 0], [0, 1], 2);
        Dataset labels = Dataset.OfTargets("labels", 2, [0, 1, 1, 0], 2, [0, 1, 1, 1]);
        Dataset bits = Dataset.OfTargets("bits", 2, [0, 1, 1, 0], 1, [0, 1]);
        Assert.Equal(ModelTask.Classification, TaskOf(Loss.SoftmaxCrossEntropy, classes, outputs: 2));
        Assert.Equal(ModelTask.Classification, TaskOf(Loss.SigmoidCrossEntropy, classes, outputs: 2));
        Assert.Equal(ModelTask.MultiLabel, TaskOf(Loss.SigmoidCrossEntropy, labels, outputs: 2));
        Assert.Equal(ModelTask.BinaryClassification, TaskOf(Loss.SigmoidCrossEntropy, classes, outputs: 1));
        Assert.Equal(ModelTask.BinaryClassification, TaskOf(Loss.SigmoidCrossEntropy, bits, outputs: 1));
        Assert.Equal(ModelTask.Regression, TaskOf(Loss.MeanSquaredError, labels, outputs: 2));
        Assert.Null(TaskOf(Loss.MeanSquaredError, classes, outputs: 2));

        static ModelTask? TaskOf(Loss loss, Dataset train, int outputs)
        {
            using PlannedModel model = LinearModels.Of(2, new double[2 * outputs]);
            new Trainer(new TrainingOptions { Loss = loss, Epochs = 1, BatchSize = 2 }).Fit(model, train);
            return model.Meaning.Task;
        }
    }

    [Fact]
    public void A_loss_that_does_not_fit_the_task_is_refused()
    {
        using PlannedModel model = LinearModels.Identity(2);
        model.Meaning = new ModelMeaning { Task = ModelTask.Regression };
        var error = Assert.Throws<TrainingOptionsException>(() => new Trainer(new TrainingOptions { BatchSize = 2 }).Fit(model, Two));
        Assert.Equal("Loss: softmax cross-entropy does not train regression, which is the task of LinearNet; use another loss, or set Meaning with another Task.", error.Message);
    }

    [Fact]
    public void A_run_trains_and_measures_with_the_standardisation_of_the_model()
    {
        Dataset train = Dataset.OfTargets("train", 1, [10, 20, 30, 40], 1, [1000, 1200, 1400, 1600]);
        using PlannedModel model = LinearModels.Of(1, [0.1]);
        model.Meaning = new ModelMeaning { Features = Standardization.PerFeature(train), Targets = Standardization.OfTargets(train) };
        var options = new TrainingOptions { Loss = Loss.MeanSquaredError, Epochs = 300, BatchSize = 4, Optimizer = new Adam(0.05) };
        TrainingResult result = new Trainer(options).Fit(model, train, train);
        Assert.Equal(ModelTask.Regression, model.Meaning.Task);
        Assert.Equal([1100, 1500], model.PredictValues([15, 35]), (a, b) => Math.Abs(a - b) < 1);
        Assert.Equal(0, Evaluator.Evaluate(model, train, Loss.MeanSquaredError).Loss, 1e-4);
        Assert.Equal((0, 0), (result.Epochs[^1].TrainLoss, result.Epochs[^1].Validation!.Value.Loss), (a, b) => Math.Abs(a.Item1 - b.Item1) < 1e-4 && Math.Abs(a.Item2 - b.Item2) < 1e-4);
    }

    [Fact]
    public void Data_that_is_standardised_already_is_not_standardised_again()
    {
        var standardization = Standardization.PerFeature(Two);
        Assert.Equal(Weights(Two), Weights(standardization.Apply(Two)));
        Assert.NotNull(standardization.Apply(Two).Divide("one", 1, "other", 1).First.ToMemory().Standardization);
        var error = Assert.Throws<DatasetException>(() => Weights(Standardization.OverAll(Two).Apply(Two)));
        Assert.Equal("two: its samples were standardised with other means or deviations than those of LinearNet; pass them as they were read.", error.Message);
        Assert.Equal("two: its samples are standardised already; apply it to the data set as it was read.", Assert.Throws<DatasetException>(() => standardization.Apply(standardization.Apply(Two))).Message);

        double[] Weights(Dataset train)
        {
            using PlannedModel model = LinearModels.Identity(2);
            model.Meaning = new ModelMeaning { Features = standardization };
            new Trainer(new TrainingOptions { Epochs = 3, BatchSize = 2 }).Fit(model, train);
            return model.Linears.Single().ReadWeights();
        }
    }

    [Fact]
    public void A_copy_means_the_same()
    {
        using PlannedModel model = LinearModels.Identity(2);
        model.Meaning = new ModelMeaning { Task = ModelTask.MultiLabel, ClassNames = ["a", "b"], Threshold = 0.25, Features = Standardization.PerFeature(Two) };
        using PlannedModel copy = model.To(model.Device);
        Assert.Equal(model.Meaning, copy.Meaning);
        Assert.NotEqual(model.Meaning, copy.Meaning with { ClassNames = ["a", "c"] });
    }

    [Fact]
    public void Names_are_copied()
    {
        List<string> names = ["a", "b"];
        var meaning = new ModelMeaning { ClassNames = names };
        names[1] = "a";
        Assert.Equal(["a", "b"], meaning.ClassNames);
        Assert.Throws<NotSupportedException>(() => ((IList<string>)meaning.ClassNames)[1] = "a");
    }

    [Fact]
    public void A_disposed_model_is_named_before_its_task()
    {
        PlannedModel model = LinearModels.Identity(1);
        model.Dispose();
        Assert.Throws<ObjectDisposedException>(() => model.PredictValues([1]));
        Assert.Throws<ObjectDisposedException>(() => model.Evaluate([1], [1f]));
    }

    [Fact]
    public void What_does_not_fit_is_refused_with_the_numbers()
    {
        using PlannedModel three = LinearModels.Identity(3);
        using PlannedModel one = LinearModels.Identity(1);
        Refused(three, new() { ClassNames = ["a", "b"] }, "there are 2 class names, but 3 outputs; pass one name for each.");
        Refused(three, new() { ClassNames = ["a", "b", "a"] }, "classes 0 and 2 are both named a; give each its own name.");
        Refused(three, new() { ClassNames = ["a", " ", "c"] }, "the name of class 1 is empty; give it one.");
        Refused(one, new() { Task = ModelTask.BinaryClassification, ClassNames = ["a"] }, "there are 1 class names, but a binary network has 2 classes; pass one name for each.");
        Refused(three, new() { Threshold = 1 }, "Threshold must be greater than 0 and less than 1, but is 1.");
        Refused(three, new() { Encoder = " " }, "the name of the encoder is empty; leave it out, or give it one.");
        Refused(three, new() { Task = ModelTask.BinaryClassification }, "binary classification needs one output, but there are 3; use ModelTask.Classification or ModelTask.MultiLabel, or give the last layer one neuron.");
        Refused(one, new() { Task = ModelTask.Classification }, "classification needs an output for each class, but there is only one; use ModelTask.BinaryClassification, or give the last layer more neurons.");
        Refused(one, new() { Task = (ModelTask)9 }, "there is no task 9; use one of Classification, BinaryClassification, MultiLabel, Regression.");
        Refused(three, new() { Features = Standardization.PerFeature(Two) }, "the standardisation has 2 features, but the model reads 3; use one that was measured on samples of 3 values.");
        Dataset targets = Dataset.OfTargets("targets", 1, [0, 1], 2, [0, 1, 1, 0]);
        Refused(three, new() { Targets = Standardization.OfTargets(targets) }, "the standardisation has 2 targets, but the model has 3 outputs; use one that was measured on 3 target values.");
        Refused(three, new() { Targets = new Standardization([0, 0, 1], [1, 2], [1, 0]) }, "the standardisation has deviation 0 for target 2, so there is nothing to learn; use one that was measured on different values.");
        Refused(three, new() { Task = ModelTask.MultiLabel, Targets = Standardization.OfTargets(targets) }, "targets of multi-label classification are not standardised; leave Targets out, or use ModelTask.Regression.");

        static void Refused(Model model, ModelMeaning meaning, string problem)
        {
            Assert.Equal($"LinearNet: {problem}", Assert.Throws<ModelMeaningException>(() => model.Meaning = meaning).Message);
            Assert.Same(ModelMeaning.Unknown, model.Meaning);
        }
    }

    [Fact]
    public void Tokens_are_not_standardised()
    {
        var plan = new ModelPlan("TokenNet", 3, [new EmbeddingBagPlan("Words", 3, 10, 4), new LinearPlan("Logits", 4, 2)]);
        using var model = new PlannedModel(plan);
        Dataset numbers = Dataset.OfClasses("numbers", 3, [0, 1, 2, 3, 4, 5], [0, 1], 2);
        Assert.Equal(
            "TokenNet: the standardisation changes value 0, which is a token; measure it on a data set whose tokens are TokenRows.",
            Assert.Throws<ModelMeaningException>(() => model.Meaning = new() { Features = Standardization.PerFeature(numbers) }).Message);
    }
}
