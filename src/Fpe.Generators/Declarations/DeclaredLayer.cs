using System.Collections.Generic;
using System.Linq;
using Fpe.Compute;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fpe.Generators.Declarations;

/// <summary>A layer property as declared. The specifics of each kind are in <c>Kinds</c>.</summary>
internal abstract class DeclaredLayer(LayerProperty property) : DeclaredMember
{
    private bool namesSources;

    /// <inheritdoc/>
    public sealed override string Name => property.Name;

    /// <inheritdoc/>
    public sealed override string Subject => property.Subject;

    /// <inheritdoc/>
    public sealed override IPropertySymbol Property => property.Symbol;

    /// <inheritdoc/>
    public sealed override BasePropertyDeclarationSyntax Syntax => property.Syntax;

    /// <inheritdoc/>
    public sealed override DeclaredLayer Last => this;

    /// <summary>The model or block, in one use, to which it belongs.</summary>
    public DeclaredModel Owner => property.Owner;

    /// <summary>The attribute that makes the property a layer.</summary>
    public DeclaredAttribute Attribute => property.Layer;

    /// <summary>The attribute of the activation; null if there is none.</summary>
    public DeclaredAttribute? ActivationAttribute { get; set; }

    public ElementFunction Activation { get; set; }

    /// <summary>The layers whose values it reads, as far as known; null for the sample.</summary>
    public IReadOnlyList<DeclaredLayer?> Sources { get; private set; } = [];

    /// <summary>The shape of the first value that it reads; null if unknown.</summary>
    public Shape? Input { get; private set; }

    /// <summary>The shape of its output; null if unknown.</summary>
    public Shape? Output { get; private set; }

    /// <summary>The parts of its inputs, in order.</summary>
    public IReadOnlyList<DeclaredPart> InputParts { get; private set; } = [];

    /// <summary>The parts of its output.</summary>
    public IReadOnlyList<DeclaredPart> Parts { get; private set; } = [];

    /// <summary>The layer that turned an image into the vector from which this layer's values come; null if there is none.</summary>
    public DeclaredLayer? Flattener => Input is { Image: not null } && Output is { Image: null }
        ? this
        : Sources.Select(source => source?.Flattener).FirstOrDefault(flattener => flattener is not null);

    /// <summary>Whether it adds the values that it reads, so that their units are read together.</summary>
    public virtual bool AddsValues => false;

    /// <summary>Whether its output is a linear map of its input.</summary>
    public virtual bool IsLinear => true;

    /// <summary>Whether it sets some values to zero during training.</summary>
    public virtual bool DropsValues => false;

    /// <summary>Whether it can read the children of neurons.</summary>
    public virtual bool ReadsChildren => true;

    /// <summary>Whether it reads tokens instead of numbers.</summary>
    public virtual bool ReadsTokens => false;

    /// <summary>Its plan; valid only if there are no errors.</summary>
    public LayerPlan Plan => namesSources || TokensOfPlaces is not null ? BarePlan with { From = [.. NamesOfSources] } : BarePlan;

    /// <summary>The name of the value with the tokens of the places that the layer reads, which it reads as well; null if it reads none.</summary>
    protected virtual string? TokensOfPlaces => null;

    /// <summary>Its plan without the names of the values it reads.</summary>
    protected abstract LayerPlan BarePlan { get; }

    private IEnumerable<string> NamesOfSources
    {
        get
        {
            IEnumerable<string> names = Sources.Select(source => source?.Name ?? Owner.Root.SampleName);
            return TokensOfPlaces is { } tokens ? [.. names, tokens] : names;
        }
    }

    /// <summary>Sets what the layer reads and computes.</summary>
    /// <param name="sources">The layers that it reads, as far as known; null for the sample.</param>
    /// <param name="isInOrder">Whether it reads the previous layer of the model, and does not name it.</param>
    /// <param name="sample">The shape of the sample; null if unknown.</param>
    /// <param name="findings">Receives the reasons why shapes do not fit.</param>
    public void Connect(IReadOnlyList<DeclaredLayer?> sources, bool isInOrder, Shape? sample, Findings findings)
    {
        Sources = sources;
        namesSources = !isInOrder;
        Shape?[] inputs = [.. sources.Select((source, i) => Readable(source is null ? sample : source.Output, i, findings))];
        Input = inputs.Length == 0 ? null : inputs[0];
        Output = OutputOf(inputs, findings);
        IReadOnlyList<DeclaredPart>[] parts = [.. sources.Select(source => source?.Parts ?? [new DeclaredPart(null, sample?.Count ?? 0)])];
        InputParts = [.. parts.SelectMany(part => part)];
        Parts = PartsOf(parts);
    }

    /// <summary>Returns the shape of an input; null if it is unknown or of a type that the layer does not read, which is reported.</summary>
    private Shape? Readable(Shape? input, int index, Findings findings)
    {
        if (input is not { } shape || shape.Vocabulary > 0 == ReadsTokens)
            return input;
        findings.Add(
            ReadsTokens ? SequenceRules.NeedsTokens : SequenceRules.NeedsNumbers, index < From.Count ? From[index].Location : Attribute.Location,
            Subject, Words.WithArticle(Attribute.Name), ShapeText.Of(shape));
        return null;
    }

    /// <summary>Returns the shape of the output for the values it reads; null if unknown or if they do not fit.</summary>
    protected virtual Shape? OutputOf(IReadOnlyList<Shape?> inputs, Findings findings) => OutputOf(Input, findings);

    /// <summary>Returns the shape of the output for a single value; null if unknown or if it does not fit.</summary>
    protected virtual Shape? OutputOf(Shape? input, Findings findings) => input;

    /// <summary>Returns the parts of the output: by default, those of the first value that it reads.</summary>
    protected virtual IReadOnlyList<DeclaredPart> PartsOf(IReadOnlyList<IReadOnlyList<DeclaredPart>> inputs) => Input is not { } input || Output is not { } output
        ? []
        : [.. inputs[0].Select(part => part with { Count = part.Count * output.Count / input.Count })];
}
