using System.Globalization;
using System.Text.Json.Serialization;

namespace Samples.Paper.Results;

/// <summary>A requested run. Equal configurations produce equal results, so each is run once.</summary>
/// <param name="Setting">Task, data, dense parent and training.</param>
/// <param name="Variant">The network that is derived from the dense parent.</param>
/// <param name="Seed">Seed of all random numbers; runs of one setting and seed start from the same weights.</param>
internal sealed record RunConfiguration(Setting Setting, Variant Variant, long Seed)
{
    /// <summary>The name of the configuration: equal for equal ones, readable, and the same in every version of the program.</summary>
    [JsonIgnore]
    public string Key => KeyOf(Setting.Key, Variant.Key, Seed);

    /// <summary>The dense parent that this run is compared with.</summary>
    [JsonIgnore]
    public RunConfiguration Dense => this with { Variant = Variant.Dense };

    /// <summary>Returns the key of a configuration from its parts.</summary>
    /// <param name="setting">The key of the setting.</param>
    /// <param name="variant">The key of the variant.</param>
    /// <param name="seed">The seed.</param>
    public static string KeyOf(string setting, string variant, long seed) => string.Create(CultureInfo.InvariantCulture, $"{setting} | {variant} | seed={seed}");

    /// <inheritdoc/>
    public override string ToString() => Key;
}
