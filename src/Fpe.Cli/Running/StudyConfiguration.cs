using System.Globalization;
using System.Text.Json.Serialization;

namespace Fpe.Cli.Running;

/// <summary>A run of a study in a results file. Equal configurations produce equal results, so each is run once.</summary>
/// <param name="Model">The name of the model class.</param>
/// <param name="Epochs">The number of epochs.</param>
/// <param name="ExpandAfter">The number of epochs before the split of the expanded model.</param>
/// <param name="Recipe">The checksum of everything else that the result depends on; see <see cref="StudyRecipe"/>.</param>
/// <param name="IsExpanded">Whether this is the expanded model instead of the dense parent.</param>
/// <param name="Seed">The seed.</param>
internal sealed record StudyConfiguration(string Model, int Epochs, int ExpandAfter, string Recipe, bool IsExpanded, long Seed)
{
    /// <summary>The key of the run: <c>DigitsNet epochs=50 after=0 recipe=0123456789abcdef | expanded | seed=3</c>.</summary>
    [JsonIgnore]
    public string Key => string.Create(
        CultureInfo.InvariantCulture, $"{Model} epochs={Epochs} after={ExpandAfter} recipe={Recipe} | {(IsExpanded ? "expanded" : "dense")} | seed={Seed}");
}
