using Fpe.Data;

namespace Fpe.Benchmarks.Accuracy;

/// <summary>The texts of samples/Sections as that sample writes them: embeddings in <c>x.npy</c>, classes in <c>y.npy</c>, one sample in five to test.</summary>
internal static class SectionEmbeddings
{
    private const string Variable = "FPE_SECTIONS";
    private const string UsualFolder = "artifacts/sections";
    private const int TestShare = 5;

    /// <summary>Reads and standardises the embeddings to train on and to test.</summary>
    /// <exception cref="BenchmarkException">There are none.</exception>
    public static (Dataset Train, Dataset Test) Read()
    {
        string folder = Environment.GetEnvironmentVariable(Variable) ?? UsualFolder;
        (string x, string y) = (Path.Combine(folder, "x.npy"), Path.Combine(folder, "y.npy"));
        if (!File.Exists(x) || !File.Exists(y))
            throw new BenchmarkException($"The embeddings of samples/Sections are not in {folder}; write them there with: dotnet run -c Release --project samples/Sections -- --arrays {folder}. {Variable} names another folder.");
        Dataset all = NpyClasses.Read(x, y);
        Dataset train = Part("sections to train on", all, sample => sample % TestShare != 0), test = Part("sections to test", all, sample => sample % TestShare == 0);
        Standardization standardization = Standardization.PerFeature(train);
        return (standardization.Apply(train), standardization.Apply(test));
    }

    private static Dataset Part(string name, Dataset all, Func<int, bool> belongs)
    {
        int[] samples = [.. Enumerable.Range(0, all.Count).Where(belongs)];
        return Dataset.OfClasses(
            name, all.FeatureCount, [.. samples.SelectMany(sample => all.Sample(sample).ToArray())], [.. samples.Select(all.Label)], all.OutputCount);
    }
}
