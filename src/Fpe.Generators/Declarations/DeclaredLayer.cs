using System.Collections.Generic;
using System.Linq;
using Fpe.Compute;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fpe.Generators.Declarations;

/// <summary>A layer property as declared. The specifics of each kind are in <c>Kinds</c>.</summary>
internal abstract class DeclaredLayer(LayerProperty property)
{
    public string Name => Property.Name;

    /// <summary>The model and property, for messages.</summary>
    public string Subject => property.Subject;

    public IPropertySymbol Property => property.Symbol;

    public BasePropertyDeclarationSyntax Syntax => property.Syntax;

    /// <summary>The attribute that makes the property a layer.</summary>
    public DeclaredAttribute Attribute => property.Layer;

    /// <summary>The location of the name.</summary>
    public Location NameLocation => Syntax is PropertyDeclarationSyntax syntax ? syntax.Identifier.GetLocation() : Property.Locations[0];

    /// <summary>The attribute of the activation; null if there is none.</summary>
    public DeclaredAttribute? ActivationAttribute { get; set; }

    public ElementFunction Activation { get; set; }

    /// <summary>The values that it reads by name; empty if it reads the previous layer.</summary>
    public IReadOnlyList<DeclaredSource> From { get; set; } = [];

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

    /// <summary>Its plan; valid only if there are no errors.</summary>
    public LayerPlan Plan => From.Count == 0 ? BarePlan : BarePlan with { From = [.. From.Select(source => source.Name)] };

    /// <summary>Its plan without the names of the values it reads.</summary>
    protected abstract LayerPlan BarePlan { get; }

    /// <summary>Sets what the layer reads and computes.</summary>
    /// <param name="sources">The layers that it reads, as far as known; null for the sample.</param>
    /// <param name="sample">The shape of the sample; null if unknown.</param>
    /// <param name="findings">Receives the reasons why shapes do not fit.</param>
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

    /// <summary>Returns the shape of the output for the values it reads; null if unknown or if they do not fit.</summary>
    protected virtual Shape? OutputOf(IReadOnlyList<Shape?> inputs, Findings findings) => OutputOf(Input, findings);

    /// <summary>Returns the shape of the output for a single value; null if unknown or if it does not fit.</summary>
    protected virtual Shape? OutputOf(Shape? input, Findings findings) => input;

    /// <summary>Returns the parts of the output: by default, those of the first value that it reads.</summary>
    protected virtual IReadOnlyList<DeclaredPart> PartsOf(IReadOnlyList<IReadOnlyList<DeclaredPart>> inputs) => Input is not { } input || Output is not { } output
        ? []
        : [.. inputs[0].Select(part => part with { Count = part.Count * output.Count / input.Count })];
}
