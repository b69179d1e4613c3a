using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Fpe.Compute;
using Fpe.Training;

namespace Fpe.Cli.Running;

/// <summary>
/// A checksum of what the results of a study depend on: what checkpoints of its runs store of them, except the seed, and the kind of device.
/// </summary>
internal static class StudyRecipe
{
    private const int ChecksumBytes = 8;

    /// <summary>Returns the checksum, which is the same on every machine.</summary>
    /// <param name="model">The model.</param>
    /// <param name="training">The training options of the expanded model.</param>
    /// <param name="device">The device.</param>
    /// <param name="data">The data.</param>
    public static string Of(StudyModel model, TrainingOptions training, Device device, StudyData data)
    {
        using Model first = model.Create(seed: 0, device);
        SortedDictionary<string, string> identity = RunIdentity.Of(first, training, data.Train, data.Test);
        // Of a model with seed 0. Options without a seed take that of the run, which is in the key.
        identity[nameof(TrainingOptions.Seed)] = training.Seed?.ToString(CultureInfo.InvariantCulture) ?? "that of the run";
        identity["device"] = device.GetType().FullName!;
        string text = string.Concat(identity.Select(entry => $"{entry.Key}: {entry.Value}\n"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, ChecksumBytes));
    }
}
