using System.Text.Json;
using Fpe.Compute;
using Fpe.Data;
using Fpe.Onnx.Tests.Interpreter;
using Fpe.Onnx.Tests.Support;
using Fpe.Runtime.Tests.Layers;

namespace Fpe.Onnx.Tests;

/// <summary>What a model means is in its ONNX file, for programs that know nothing of this library.</summary>
public class MetadataTests
{
    private static readonly string[] MeaningKeys = ["fpe.task", "fpe.classes", "fpe.threshold", "fpe.features", "fpe.targets"];

    // Means 2 and 20, deviations 1 and 10; targets 5 and 7.
    private static readonly Dataset Data = Dataset.OfTargets("rows", 2, [1, 10, 3, 30], 1, [5, 7]);
    private static readonly float[] Sample = [2.5f, 17];

    [Fact]
    public void A_classifier_names_its_task_classes_and_standardisation()
    {
        using Exported exported = Export(3, new ModelMeaning { Task = ModelTask.Classification, ClassNames = ["red", "rosé", "white \"dry\""], Features = Standardization.PerFeature(Data) });

        Assert.Equal("Classification", exported.Metadata("fpe.task"));
        Assert.Equal(["red", "rosé", "white \"dry\""], JsonSerializer.Deserialize<string[]>(exported.Metadata("fpe.classes"))!);
        Assert.Equal("""{"groups":[[0,1],[1,1]],"means":[2,20],"deviations":[1,10]}""", exported.Metadata("fpe.features"));
        Assert.Equal(["fpe.task", "fpe.classes", "fpe.features"], KeysIn(exported));

        double[] exponentials = [.. Run(exported).Select(output => Math.Exp(output))];
        Near.Equal(exported.Model.PredictProbabilities(Sample), [.. exponentials.Select(value => (float)(value / exponentials.Sum()))]);
    }

    [Fact]
    public void Labels_have_their_threshold()
    {
        using Exported exported = Export(2, new ModelMeaning { Task = ModelTask.MultiLabel, ClassNames = ["sweet", "dry"], Threshold = 0.3 });

        Assert.Equal(("MultiLabel", "0.3"), (exported.Metadata("fpe.task"), exported.Metadata("fpe.threshold")));
        Assert.Equal(["fpe.task", "fpe.classes", "fpe.threshold"], KeysIn(exported));
        Near.Equal(exported.Model.PredictProbabilities(Sample), [.. Run(exported).Select(output => 1 / (1 + MathF.Exp(-output)))]);
    }

    [Fact]
    public void A_regression_says_how_its_outputs_get_units()
    {
        using Exported exported = Export(1, new ModelMeaning { Task = ModelTask.Regression, Features = Standardization.PerFeature(Data), Targets = Standardization.OfTargets(Data) });

        Assert.Equal("Regression", exported.Metadata("fpe.task"));
        Assert.Equal("""{"groups":[[0,1]],"means":[6],"deviations":[1]}""", exported.Metadata("fpe.targets"));
        (double[] means, double[] deviations) = Statistics(exported, "fpe.targets");
        Near.Equal(exported.Model.PredictValues(Sample), [.. Run(exported).Select(output => (float)((output * deviations[0]) + means[0]))]);
    }

    [Fact]
    public void Nothing_is_said_of_what_is_not_known()
    {
        using Exported exported = Export(3, ModelMeaning.Unknown);
        Assert.Empty(KeysIn(exported));
    }

    private static Exported Export(int outputs, ModelMeaning meaning)
    {
        var model = new PlannedModel(Plans.Chain(2, countBiases: false, new LinearPlan("Hidden", 2, 4, ActivationFunction.Relu), new LinearPlan("Logits", 4, outputs)), seed: 3) { Meaning = meaning };
        return Exported.Of(model);
    }

    private static IEnumerable<string> KeysIn(Exported exported) => exported.File.MetadataProps.Select(entry => entry.Key).Where(MeaningKeys.Contains);

    /// <summary>The outputs of the graph for the sample, which is standardised as the file says.</summary>
    private static float[] Run(Exported exported)
    {
        float[] sample = [.. Sample];
        if (exported.File.MetadataProps.Any(entry => entry.Key == "fpe.features"))
        {
            (double[] means, double[] deviations) = Statistics(exported, "fpe.features");
            sample = [.. Sample.Select((value, i) => (float)((value - means[i]) / deviations[i]))];
        }

        return GraphInterpreter.Run(exported.File.Graph, sample, 1);
    }

    private static (double[] Means, double[] Deviations) Statistics(Exported exported, string key)
    {
        JsonElement entry = JsonDocument.Parse(exported.Metadata(key)).RootElement;
        return (Numbers("means"), Numbers("deviations"));

        double[] Numbers(string name) => [.. entry.GetProperty(name).EnumerateArray().Select(number => number.GetDouble())];
    }
}
