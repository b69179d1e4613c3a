using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Fpe.Compute;
using Fpe.Data;
using Fpe.Training;

namespace Fpe.Cli.Running;

/// <summary>A checksum of what the results of a study depend on: the model, the training options, the device's kind and the data.</summary>
internal static class StudyRecipe
{
    // Of a data set that is not in memory, so many samples at equal distances stand for all.
    private const int SamplesForAll = 256;
    private const int ChecksumBytes = 8;

    /// <summary>Returns the checksum, which is the same on every machine.</summary>
    /// <param name="model">The model.</param>
    /// <param name="training">The training options of the expanded model.</param>
    /// <param name="device">The device.</param>
    /// <param name="data">The data.</param>
    public static string Of(StudyModel model, TrainingOptions training, Device device, StudyData data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, InvariantText(() => string.Join('\n', model.Plan.Layers)));
        Add(hash, InvariantText(() => (training with { Checkpoints = null }).ToString()));
        Add(hash, device.ElementType.ToString());
        Add(hash, data.Train);
        Add(hash, data.Test);
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, ChecksumBytes));
    }

    // Targets that are no labels cannot be read; samples and weights stand for them.
    private static void Add(IncrementalHash hash, Dataset data)
    {
        Add(hash, $"{data.Name} {data.Count} {data.FeatureCount} {data.OutputCount} {data.HasLabels} {data.HasWeights}");
        int distance = data.IsInMemory ? 1 : Math.Max(1, data.Count / SamplesForAll);
        Span<int> label = stackalloc int[1];
        Span<float> weight = stackalloc float[1];
        for (int sample = 0; sample < data.Count; sample += distance)
        {
            hash.AppendData(MemoryMarshal.AsBytes(data.Sample(sample)));
            label[0] = data.HasLabels ? data.Label(sample) : 0;
            weight[0] = data.HasWeights ? data.Weight(sample) : 1;
            hash.AppendData(MemoryMarshal.AsBytes(label));
            hash.AppendData(MemoryMarshal.AsBytes(weight));
        }
    }

    private static void Add(IncrementalHash hash, string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));

    // Records print their members in the culture of the thread.
    private static string InvariantText(Func<string> text)
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            return text();
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
