using Samples.Paper.Results;

namespace Samples.Paper.Tests.Results;

public class KeyTests
{
    [Fact]
    public void Keys_stay_as_they_are()
    {
        // Results files of earlier versions are found by these.
        Assert.Equal(
            "boolean v1 clauses=8 literals=3 samples=2000 width=8 epochs=2000 batch=64 rate=0.001 | random factor=2 after=50 | seed=0",
            Key(MadeUp.Boolean, MadeUp.Expanded(Method.Random, after: 50)));
        Assert.Equal(
            "fashion v1 samples=60000 width=16 epochs=50 batch=256 rate=0.001 | random share=16 deal factor=4 after=0 | seed=0",
            Key(MadeUp.Fashion, MadeUp.Expanded(Method.Random, 4, after: 0) with { Share = 16, Outgoing = Outgoing.Deal }));
        Assert.Equal(
            "deep v1 data=a samples=60000 width=16 depth=3 epochs=50 batch=256 rate=0.001 | wider-dense weights=1.2 | seed=0",
            Key(MadeUp.Fashion with { Experiment = "deep", Depth = 3, Data = "a" }, new Variant { Method = Method.WiderDense, WeightRatio = 1.2 }));
        Assert.Equal(
            "fashion v1 samples=60000 width=16 epochs=50 batch=256 rate=0.001 | learned share=8 factor=16 after=0 | seed=0",
            Key(MadeUp.Fashion, MadeUp.Expanded(Method.Learned, 16, after: 0) with { Share = 8 }));
        Assert.Equal(
            "fashion v1 samples=60000 width=16 epochs=50 batch=256 rate=0.001 | random 2:8 factor=4 after=25 | seed=0",
            Key(MadeUp.Fashion, MadeUp.Expanded(Method.Random, 4) with { Within = 8 }));
        Assert.Equal("average weights=4 factor=2 after=25", (MadeUp.Expanded(Method.Average) with { WeightRatio = 4 }).Key);
        Assert.Equal(
            ["learned-skip", "rigl", "set", "split-rigl", "linear", "linear-pruned"],
            new[] { Method.LearnedSkip, Method.Rigl, Method.Set, Method.SplitRigl, Method.Linear, Method.LinearPruned }.Select(method => new Variant { Method = method }.Key));
    }

    [Fact]
    public void A_line_of_an_earlier_version_is_read_and_written_as_it_was()
    {
        byte[] line =
        [
            .. """{"key":"fashion v1 samples=60000 width=16 epochs=50 batch=256 rate=0.001 | random factor=4 after=25 | seed=1","result":{"configuration":{"setting":{"experiment":"fashion","version":1,"trainSamples":60000,"width":16,"depth":1,"epochs":50,"batchSize":256,"learningRate":0.001},"variant":{"method":"Random","factor":4,"share":1,"outgoing":"Prune","expandAfter":25},"seed":1},"divergence":{"epoch":3,"step":7},"loss":[0.7,9],"seconds":0.5}}"""u8,
        ];

        Assert.Equal([.. line, (byte)'\n'], RunResultFormat.Instance.Write(RunResultFormat.Instance.Read(line).Result));
    }

    [Fact]
    public void Every_part_of_a_configuration_is_part_of_its_key()
    {
        Setting setting = MadeUp.Boolean;
        Setting[] settings =
        [
            setting, setting with { Experiment = "x" }, setting with { Version = 2 }, setting with { Data = "x" }, setting with { Clauses = 4 },
            setting with { Literals = 2 }, setting with { TrainSamples = 1 }, setting with { Width = 4 }, setting with { Depth = 3 },
            setting with { Epochs = 1 }, setting with { BatchSize = 1 }, setting with { LearningRate = 1 },
        ];
        Variant variant = MadeUp.Expanded(Method.Random);
        Variant[] variants =
        [
            variant, Variant.Dense, variant with { Factor = 4 }, variant with { Share = 2 }, variant with { Within = 4 }, variant with { Outgoing = Outgoing.Deal },
            variant with { ExpandAfter = 0 }, variant with { WeightRatio = 2 },
            .. Enum.GetValues<Method>().Where(method => method is not (Method.Dense or Method.Random)).Select(method => variant with { Method = method }),
        ];

        Assert.Equal(typeof(Setting).GetProperties().Length, settings.Length);
        Assert.All(Enum.GetValues<Method>(), method => Assert.Contains(variants, other => other.Method == method));
        string[] keys = [.. settings.Select(s => Key(s, variant)), .. variants.Skip(1).Select(v => Key(setting, v))];
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    private static string Key(Setting setting, Variant variant) => new RunConfiguration(setting, variant, 0).Key;
}
