using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using Fpe.Distributed;
using Fpe.Files;

namespace Fpe.Training;

/// <summary>Compares what the ranks of a group are about to train.</summary>
internal static class RankAgreement
{
    /// <summary>Checks that all ranks train the same.</summary>
    /// <param name="group">The ranks.</param>
    /// <param name="identity">What this rank trains; see <see cref="RunIdentity"/>.</param>
    /// <param name="model">The model.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="RankMismatchException">A rank differs; thrown on all ranks.</exception>
    public static void Require(ProcessGroup group, IReadOnlyDictionary<string, string> identity, Model model, TrainingOptions options)
    {
        var own = new SortedDictionary<string, string>(identity.ToDictionary(), StringComparer.Ordinal)
        {
            ["build of Fpe"] = BuildOf(typeof(Model).Assembly),
            ["build of the program"] = Assembly.GetEntryAssembly() is { } entry ? BuildOf(entry) : "unknown",
            ["arithmetic"] = model.Device.Arithmetic,
            ["checksum of the initial weights"] = ChecksumOf(model),
            [nameof(options.Checkpoints)] = TextOf(options.Checkpoints),
        };
        byte[][] all = group.AllGather(JsonSerializer.SerializeToUtf8Bytes(own, TrainingJson.Default.SortedDictionaryStringString));
        SortedDictionary<string, string>[] ranks =
            [.. all.Select(bytes => JsonSerializer.Deserialize(bytes, TrainingJson.Default.SortedDictionaryStringString)!)];
        for (int rank = 1; rank < ranks.Length; rank++)
        {
            foreach (string name in ranks[0].Keys.Union(ranks[rank].Keys))
            {
                (string theirs, string expected) = (ranks[rank].GetValueOrDefault(name, "missing"), ranks[0].GetValueOrDefault(name, "missing"));
                if (theirs != expected)
                    throw new RankMismatchException(rank, name, theirs, expected);
            }
        }
    }

    private static string BuildOf(Assembly assembly) =>
        $"{assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unversioned"} ({assembly.ManifestModule.ModuleVersionId:N})";

    private static string ChecksumOf(Model model)
    {
        var checksum = new Crc32C();
        foreach (Parameter parameter in model.Parameters)
        {
            var values = new float[parameter.Value.Length];
            parameter.Value.Read(values);
            checksum.Add(MemoryMarshal.AsBytes<float>(values));
        }

        return string.Create(CultureInfo.InvariantCulture, $"{checksum.Value:x8}");
    }

    // Only rank 0 uses the folder.
    private static string TextOf(CheckpointOptions? checkpoints) => checkpoints is null
        ? "none"
        : $"every {checkpoints.EveryEpochs} epochs and {checkpoints.EverySteps?.ToString(CultureInfo.InvariantCulture) ?? "no"} steps, resume {checkpoints.Resume}, keep best {checkpoints.KeepBest}";
}
