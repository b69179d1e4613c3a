using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Fpe.Compute;
using Fpe.Counting;
using static System.FormattableString;

namespace Fpe;

/// <summary>A layer of a model, as declared; the shapes are those of the dense parent.</summary>
/// <param name="Name">
/// The name of the property that declares the layer: a C# identifier. A layer of a repeated block has a path, such as <c>Blocks.3.Hidden</c>:
/// identifiers and numbers, separated by dots.
/// </param>
/// <param name="Inputs">The number of inputs per sample in the dense parent.</param>
/// <param name="Outputs">The number of outputs per sample in the dense parent.</param>
/// <exception cref="PlanException">The name is neither an identifier nor a path, or a number is out of range.</exception>
public abstract partial record LayerPlan(string Name, int Inputs, int Outputs)
{
    /// <summary>The name of the sample in <see cref="From"/>.</summary>
    public const string Sample = "(sample)";

    /// <summary>
    /// The maximum number of inputs or outputs per sample of a layer, so that kernels can index them with 32 bits, 16 samples at a time.
    /// </summary>
    internal const int MaximumWidth = 100_000_000;

    /// <summary>The name of the property that declares the layer.</summary>
    public string Name { get; init => field = RequirePath(value); } = RequirePath(Name);

    /// <summary>The number of inputs per sample in the dense parent.</summary>
    public int Inputs { get; } = RequireWidth(Name, "inputs", PlanException.RequirePositive(Name, "the number of inputs", Inputs));

    /// <summary>The number of outputs per sample in the dense parent.</summary>
    public int Outputs { get; } = RequireWidth(Name, "outputs", Outputs);

    /// <summary>
    /// Gets the names of the layers whose values the layer reads, or <see cref="Sample"/> for the sample. If empty, the default, it reads
    /// the previous layer, or the sample if it is the first.
    /// </summary>
    public IReadOnlyList<string> From { get; init => field = value.ToValueList(); } = ValueList<string>.Empty;

    /// <summary>Gets the image that the layer reads; null if it reads values of any shape.</summary>
    public virtual ImageShape? InputImage => null;

    /// <summary>Gets the number of values per sample of each input in the dense parent.</summary>
    protected internal virtual IReadOnlyList<int> InputWidths => [Inputs];

    /// <summary>Gets how the layer's width depends on the widths of the values that it reads.</summary>
    protected internal abstract OutputUnits OutputUnits { get; }

    /// <summary>Gets the number of values of an output unit: 1, or the pixels of a channel.</summary>
    protected internal virtual int OutputPlaces => 1;

    /// <summary>Gets the parameters that the layer learns and the statistics that it records; empty if there are none.</summary>
    protected internal abstract IReadOnlyList<ParameterPlan> Parameters { get; }

    /// <summary>Writes the description of the layer as model files and manifests store it, except its name and widths.</summary>
    protected internal abstract void Describe(IPlanFields fields);

    /// <summary>The name of the layer in files, as in PyTorch: the first letter of each part is lower case.</summary>
    internal string NameInFiles => string.Join(".", Name.Split('.').Select(part => char.ToLowerInvariant(part[0]) + part.Substring(1)));

    /// <summary>The layer's size for the counting rules; null for a layer without weights.</summary>
    internal virtual LayerSize? Size
    {
        get
        {
            ParameterPlan[] weights = [.. Parameters.Where(parameter => parameter.Role == ParameterRole.Weight)];
            return weights.Length == 0 ? null : LayerSize.OfBackbone(
                weights.Sum(parameter => parameter.Count), Parameters.Where(parameter => parameter.Role == ParameterRole.Bias).Sum(parameter => parameter.Count));
        }
    }

    /// <summary>
    /// The layer without the options that only affect expansion: if these are equal, the dense parents have equal shapes.
    /// </summary>
    internal virtual LayerPlan DenseParent => this;

    /// <summary>Writes the name, the widths and, if any, the sources.</summary>
    protected virtual bool PrintMembers(StringBuilder text)
    {
        text.Append(Invariant($"Name = {Name}, Inputs = {Inputs}, Outputs = {Outputs}"));
        if (From.Count > 0)
            text.Append(Invariant($", From = {string.Join(", ", From)}"));
        return true;
    }

    /// <summary>Returns a width that kernels can handle.</summary>
    /// <exception cref="PlanException">It is too large.</exception>
    internal static int RequireWidth(string where, string what, long width) => width <= MaximumWidth
        ? (int)width
        : throw new PlanException(where, Invariant($"the layer would have {width} {what}, but the maximum is {MaximumWidth}; make it smaller."));

    private static string RequirePath(string name)
    {
        if (string.IsNullOrEmpty(name))
            throw new PlanException("a layer", "its name is empty; give it one.");
        int first = 0;
        foreach (string part in name.Split('.'))
        {
            if (part.Length == 0)
                throw new PlanException(name, Invariant($"the name of a layer has nothing before or after the dot at position {Math.Max(0, first - 1)}; give it another name."));
            if (first == 0 || !IsIndex(part))
                RequireIdentifier(name, part, first);
            first += part.Length + 1;
        }

        return name;
    }

    /// <summary>Whether a part of a path is a number without leading zeros.</summary>
    private static bool IsIndex(string part) => part.All(digit => digit is >= '0' and <= '9') && (part.Length == 1 || part[0] != '0');

    private static void RequireIdentifier(string name, string part, int first)
    {
        int wrong = part.TakeWhile((letter, index) => IsAllowed(letter, index == 0)).Count();
        if (wrong < part.Length)
        {
            throw new PlanException(name, Invariant(
                $"the name of a layer is a C# identifier, or a path like Blocks.3.Hidden, and cannot contain '{part[wrong]}' (U+{(int)part[wrong]:X4}) at position {first + wrong}; give it another name."));
        }
    }

    /// <summary>
    /// Whether a character is allowed in an identifier (C# specification, 6.4.3), except formatting characters, which the compiler ignores.
    /// </summary>
    private static bool IsAllowed(char letter, bool isFirst) => char.IsLetter(letter) || letter == '_' || char.GetUnicodeCategory(letter) switch
    {
        UnicodeCategory.LetterNumber => true,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation => !isFirst,
        _ => false,
    };
}
