using System.Globalization;
using Fpe.Cli.Running;
using Fpe.Compute.Cpu;
using Fpe.Data;
using Fpe.Metrics;
using Fpe.Training;

namespace Fpe.Cli.Tests;

/// <summary>Results are taken for those of a run only if all that decides them is equal.</summary>
public class StudyRecipeTests
{
    private static readonly TrainingOptions Plain = new() { Epochs = 3, BatchSize = 4 };

    public static TheoryData<string, TrainingOptions, TrainingOptions> Different => new()
    {
        { "label smoothing", Plain with { Loss = new SoftmaxCrossEntropyLoss { LabelSmoothing = .1 } }, Plain with { Loss = new SoftmaxCrossEntropyLoss { LabelSmoothing = .2 } } },
        { "focal gamma", Plain with { Loss = new SoftmaxCrossEntropyLoss { FocalGamma = 1 } }, Plain with { Loss = new SoftmaxCrossEntropyLoss { FocalGamma = 2 } } },
        { "the loss", Plain, Plain with { Loss = Loss.SigmoidCrossEntropy } },
        { "metrics", Plain with { Metrics = [Metric.F1] }, Plain with { Metrics = [Metric.RocAuc] } },
        { "the optimizer", Plain, Plain with { Optimizer = new Adam { LearningRate = 1e-4 } } },
        { "a seed for all runs", Plain, Plain with { Seed = 0 } },
        { "the batch size", Plain, Plain with { BatchSize = 8 } },
    };

    [Theory]
    [MemberData(nameof(Different))]
    public void Other_options_are_another_recipe(string what, TrainingOptions first, TrainingOptions second) =>
        Assert.True(RecipeOf(first) != RecipeOf(second), what);

    [Fact]
    public void Settings_that_are_left_out_are_those_of_this_version()
    {
        Assert.Equal(RecipeOf<LearnedNet>(Plain), RecipeOf<LearnedNet>(Plain with { EdgeLearning = GradualPruning.Default }));
        Assert.NotEqual(RecipeOf<LearnedNet>(Plain), RecipeOf<LearnedNet>(Plain with { EdgeLearning = new GradualPruning { EverySteps = 7 } }));
    }

    [Fact]
    public void Other_data_and_another_model_are_another_recipe()
    {
        Assert.NotEqual(RecipeOf(Plain), RecipeOf(Plain, feature: 2));
        Assert.NotEqual(RecipeOf(Plain), RecipeOf(Plain, label: 0));
        Assert.NotEqual(RecipeOf(Plain), RecipeOf<LearnedNet>(Plain));
    }

    [Fact]
    public void Culture_and_threads_do_not_matter()
    {
        string expected = RecipeOf(Plain);
        CultureInfo culture = CultureInfo.CurrentCulture;
        try
        {
            var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            other.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = other;
            Assert.Equal(expected, StudyRecipe.Of(StudyModel.Of<TinyNet>(), Plain, new CpuDevice(2), Data(1, 1)));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static string RecipeOf(TrainingOptions options, float feature = 1, int label = 1) =>
        StudyRecipe.Of(StudyModel.Of<TinyNet>(), options, CpuDevice.Instance, Data(feature, label));

    private static string RecipeOf<TModel>(TrainingOptions options)
        where TModel : Model, IModel<TModel> =>
        StudyRecipe.Of(StudyModel.Of<TModel>(), options, CpuDevice.Instance, Data(1, 1));

    private static StudyData Data(float feature, int label)
    {
        var test = Dataset.OfClasses("test", 4, [1, 2, 3, 4], [0], 2);
        return new StudyData(Dataset.OfClasses("train", 4, [feature, 2, 3, 4, 5, 6, 7, 8], [label, 0], 2), test);
    }
}
