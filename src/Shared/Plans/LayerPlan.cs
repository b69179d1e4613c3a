using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Fpe.Compute;
using Fpe.Counting;
using static System.FormattableString;

namespace Fpe;

/// <summary>One layer of a model as it was declared; the shapes are the dense parent's.</summary>
/// <param name="Name">
/// Name of the property that declares the layer: a C# identifier. A layer of a repeated block has a path, such as <c>Blocks.3.Hidden</c>:
/// identifiers and numbers with dots in between.
/// </param>
/// <param name="Inputs">Values per sample that enter the layer in the dense parent.</param>
/// <param name="Outputs">Values per sample that leave the layer in the dense parent.</param>
/// <exception cref="PlanException">The name is no identifier or path, or a number is out of range.</exception>
public abstract partial record LayerPlan(string Name, int Inputs, int Outputs)
{
    /// <summary>Stands for the sample in <see cref="From"/>.</summary>
    public const string Sample = "(sample)";

    /// <summary>The most values per sample that enter or leave a layer, so that kernels can count them, 16 samples at a time, in 32 bits.</summary>
    internal const int MaximumWidth = 100_000_000;

    /// <summary>Name of the property that declares the layer.</summary>
    public string Name { get; init => field = RequirePath(value); } = RequirePath(Name);

    /// <summary>Values per sample that enter the layer in the dense parent.</summary>
    public int Inputs { get; } = RequireWidth(Name, "inputs", PlanException.RequirePositive(Name, "the number of inputs", Inputs));

    /// <summary>Values per sample that leave the layer in the dense parent.</summary>
    public int Outputs { get; } = RequireWidth(Name, "outputs", Outputs);

    /// <summary>
    /// Names of the layers whose values the layer reads, or <see cref="Sample"/> for the sample; empty, the default, for the layer before it,
    /// or the sample if there is none.
    /// </summary>
    public IReadOnlyList<string> From { get; init => field = value.ToValueList(); } = ValueList<string>.Empty;

    /// <summary>The image that the layer reads; null if it reads values of any shape.</summary>
    public virtual ImageShape? InputImage => null;

    /// <summary>Values per sample of each value that the layer reads, in the dense parent.</summary>
    protected internal virtual IReadOnlyList<int> InputWidths => [Inputs];

    /// <summary>How the layer's width follows those of the values that it reads.</summary>
    protected internal abstract OutputUnits OutputUnits { get; }

    /// <summary>Values of a unit that leaves the layer: 1, or the pixels of a channel.</summary>
    protected internal virtual int OutputPlaces => 1;

    /// <summary>What the layer learns, and what it keeps of what it has seen; empty if it does neither.</summary>
    protected internal abstract IReadOnlyList<ParameterPlan> Parameters { get; }

    /// <summary>The name under which files hold the layer's parameters, as PyTorch would: in lower case at the start of each part.</summary>
    internal string NameInFiles => string.Join(".", Name.Split('.').Select(part => char.ToLowerInvariant(part[0]) + part.Substring(1)));

    /// <summary>What the counting rules need to know of the layer; null for a layer without weights.</summary>
    internal virtual LayerSize? Size
    {
        get
        {
            ParameterPlan[] weights = [.. Parameters.Where(parameter => parameter.Role == ParameterRole.Weight)];
            return weights.Length == 0 ? null : LayerSize.OfBackbone(
                weights.Sum(parameter => parameter.Count), Parameters.Where(parameter => parameter.Role == ParameterRole.Bias).Sum(parameter => parameter.Count));
        }
    }

    /// <summary>The layer without what only expansion looks at: plans that are equal here have dense parents of equal shape.</summary>
    internal virtual LayerPlan DenseParent => this;

    /// <summary>Writes name, widths and, if there are any, sources.</summary>
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
        : throw new PlanException(where, Invariant($"the layer would have {width} {what}, but can have {MaximumWidth} at most; make it smaller."));

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

    /// <summary>Whether a part of a path is a number as it is written: not 03.</summary>
    private static bool IsIndex(string part) => part.All(digit => digit is >= '0' and <= '9') && (part.Length == 1 || part[0] != '0');

    private static void RequireIdentifier(string name, string part, int first)
    {
        int wrong = part.TakeWhile((letter, index) => IsAllowed(letter, index == 0)).Count();
        if (wrong < part.Length)
        {
            throw new PlanException(name, Invariant(
                $"the name of a layer is a C# identifier, or a path like Blocks.3.Hidden, and cannot have '{part[wrong]}' (U+{(int)part[wrong]:X4}) at position {first + wrong}; give it another name."));
        }
    }

    /// <summary>Whether a character may stand in an identifier (C# specification, 6.4.3), except formatting characters, which the compiler leaves out.</summary>
    private static bool IsAllowed(char letter, bool isFirst) => char.IsLetter(letter) || letter == '_' || char.GetUnicodeCategory(letter) switch
    {
        UnicodeCategory.LetterNumber => true,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation => !isFirst,
        _ => false,
    };
}
