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
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{Setting.Key} | {Variant.Key} | seed={Seed}");

    /// <summary>The dense parent that this run is compared with.</summary>
    [JsonIgnore]
    public RunConfiguration Dense => this with { Variant = Variant.Dense };

    /// <inheritdoc/>
    public override string ToString() => Key;
}
