using System.Collections.Generic;
using System.Linq;
using Fpe.Compute;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fpe.Generators.Declarations;

/// <summary>A layer property as it is written. What is special about its kind stands in <c>Kinds</c>.</summary>
internal abstract class DeclaredLayer(LayerProperty property)
{
    public string Name => Property.Name;

    /// <summary>Model and property, for messages.</summary>
    public string Subject => property.Subject;

    public IPropertySymbol Property => property.Symbol;

    public BasePropertyDeclarationSyntax Syntax => property.Syntax;

    /// <summary>The attribute that makes the property a layer.</summary>
    public DeclaredAttribute Attribute => property.Layer;

    /// <summary>Where the name stands.</summary>
    public Location NameLocation => Syntax is PropertyDeclarationSyntax syntax ? syntax.Identifier.GetLocation() : Property.Locations[0];

    /// <summary>The attribute of the activation; null if there is none.</summary>
    public DeclaredAttribute? ActivationAttribute { get; set; }

    public ActivationFunction Activation { get; set; }

    /// <summary>The values that it names to read; empty for that of the layer before it.</summary>
    public IReadOnlyList<DeclaredSource> From { get; set; } = [];

    /// <summary>The layers whose values it reads, as far as they are known; null for the sample.</summary>
    public IReadOnlyList<DeclaredLayer?> Sources { get; private set; } = [];

    /// <summary>The shape of the first value that it reads; null if that is not known.</summary>
    public Shape? Input { get; private set; }

    /// <summary>The shape of what it computes; null if that is not known.</summary>
    public Shape? Output { get; private set; }

    /// <summary>What it reads, one value after the other.</summary>
    public IReadOnlyList<DeclaredPart> InputParts { get; private set; } = [];

    /// <summary>What it computes.</summary>
    public IReadOnlyList<DeclaredPart> Parts { get; private set; } = [];

    /// <summary>The layer that made a vector of an image, from which this one's values come; null if there is none.</summary>
    public DeclaredLayer? Flattener => Input is { Image: not null } && Output is { Image: null }
        ? this
        : Sources.Select(source => source?.Flattener).FirstOrDefault(flattener => flattener is not null);

    /// <summary>Whether it adds up the values that it reads, so that their units are read together.</summary>
    public virtual bool AddsValues => false;

    /// <summary>Whether what it computes is a linear map of what it reads.</summary>
    public virtual bool IsLinear => true;

    /// <summary>Whether it sets some of its values to zero while training.</summary>
    public virtual bool DropsValues => false;

    /// <summary>Its plan, once nothing was found wrong.</summary>
    public LayerPlan Plan => From.Count == 0 ? BarePlan : BarePlan with { From = [.. From.Select(source => source.Name)] };

    /// <summary>Its plan, without the names of what it reads.</summary>
    protected abstract LayerPlan BarePlan { get; }

    /// <summary>Fills in what the layer reads and computes.</summary>
    /// <param name="sources">The layers that it reads, as far as they are known; null for the sample.</param>
    /// <param name="sample">The shape of the sample; null if that is not known.</param>
    /// <param name="findings">Receives why shapes do not fit.</param>
    public void Connect(IReadOnlyList<DeclaredLayer?> sources, Shape? sample, Findings findings)
    {
        Sources = sources;
        Shape?[] inputs = [.. sources.Select(source => source is null ? sample : source.Output)];
        Input = inputs.Length == 0 ? null : inputs[0];
        Output = OutputOf(inputs, findings);
        IReadOnlyList<DeclaredPart>[] parts = [.. sources.Select(source => source?.Parts ?? [new DeclaredPart(null, sample?.Count ?? 0)])];
        InputParts = [.. parts.SelectMany(part => part)];
        Parts = PartsOf(parts);
    }

    /// <summary>What the layer makes of the values that it reads; null if that is not known, or does not fit.</summary>
    protected virtual Shape? OutputOf(IReadOnlyList<Shape?> inputs, Findings findings) => OutputOf(Input, findings);

    /// <summary>What the layer makes of a single value; null if that is not known, or does not fit.</summary>
    protected virtual Shape? OutputOf(Shape? input, Findings findings) => input;

    /// <summary>The parts of what it computes: those of the first value that it reads, unless it says otherwise.</summary>
    protected virtual IReadOnlyList<DeclaredPart> PartsOf(IReadOnlyList<IReadOnlyList<DeclaredPart>> inputs) => Input is not { } input || Output is not { } output
        ? []
        : [.. inputs[0].Select(part => part with { Count = part.Count * output.Count / input.Count })];
}
