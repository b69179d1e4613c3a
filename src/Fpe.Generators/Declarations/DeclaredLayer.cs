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

    /// <summary>The values that it reads, by name; empty for that of the layer before it.</summary>
    public IReadOnlyList<DeclaredSource> From { get; set; } = [];

    /// <summary>The layers whose values this one reads; null for the sample.</summary>
    public IReadOnlyList<DeclaredLayer?> Sources { get; private set; } = [];

    /// <summary>The shapes of what it reads; null if that is not known.</summary>
    public IReadOnlyList<Shape?> InputShapes { get; private set; } = [];

    /// <summary>The shape of what it reads, or of the first of several values; null if that is not known.</summary>
    public Shape? Input => InputShapes.Count > 0 ? InputShapes[0] : null;

    /// <summary>The shape of what it computes; null if that is not known.</summary>
    public Shape? Output { get; private set; }

    /// <summary>Whose neurons it computes, or hands on.</summary>
    public IReadOnlyList<ValuePart> Parts { get; private set; } = [];

    /// <summary>The layers whose neurons are in what it computes, those included that are added to others.</summary>
    public IReadOnlyList<ExpandableLayer> Origins { get; private set; } = [];

    /// <summary>The layer that made a vector of an image, from which this one's values come; null if there is none.</summary>
    public DeclaredLayer? Flattener { get; private set; }

    /// <summary>Whether it sets some of its values to zero while training.</summary>
    public virtual bool DropsValues => false;

    /// <summary>Whether it adds up the values that it reads.</summary>
    public virtual bool IsSum => false;

    /// <summary>Its plan, once nothing was found wrong.</summary>
    public LayerPlan Plan => From.Count == 0 ? OwnPlan : OwnPlan with { From = [.. From.Select(source => source.Name)] };

    /// <summary>Its plan, without the values that it reads.</summary>
    protected abstract LayerPlan OwnPlan { get; }

    /// <summary>Fills in what the layer reads and computes.</summary>
    /// <param name="sources">The layers that it reads; null for the sample.</param>
    /// <param name="inputs">The shapes of what it reads; null if that is not known.</param>
    /// <param name="findings">Receives why the shapes do not fit.</param>
    public void Connect(IReadOnlyList<DeclaredLayer?> sources, IReadOnlyList<Shape?> inputs, Findings findings)
    {
        (Sources, InputShapes) = (sources, inputs);
        Flattener = sources.Select(source => source?.Flattener).FirstOrDefault(flattener => flattener is not null);
        Output = OutputOf(findings);
        if (Input is { Image: not null } && Output is { Image: null })
            Flattener = this;
        Parts = [.. PartsOfOutput()];
        Origins = [.. OriginsOfOutput().Distinct()];
    }

    /// <summary>The neurons of a value that the layer reads.</summary>
    protected IEnumerable<ValuePart> PartsOfInput(int index) =>
        Sources[index] is { } source ? source.Parts : InputShapes[index] is { } shape ? [new ValuePart(shape.Count, null)] : [];

    /// <summary>What the layer makes of what it reads; null if that is not known, or does not fit.</summary>
    protected abstract Shape? OutputOf(Findings findings);

    /// <summary>Whose neurons the layer computes, or hands on; by default values that cannot be expanded.</summary>
    protected virtual IEnumerable<ValuePart> PartsOfOutput() => Output is { } shape ? [new ValuePart(shape.Count, null)] : [];

    /// <summary>The layers whose neurons are in what the layer computes.</summary>
    protected virtual IEnumerable<ExpandableLayer> OriginsOfOutput() => [];
}
