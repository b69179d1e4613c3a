using System.Globalization;
using Samples.Paper.Comparisons;
using Samples.Paper.Report.Charts;
using Samples.Paper.Results;

namespace Samples.Paper.Report.Figures;

/// <summary>The weights of a layer and WᵀW, dense and expanded.</summary>
internal static class LayerMaps
{
    private const int MaximumFigures = 3;

    /// <summary>Two figures for each of the first runs with pictures.</summary>
    public static IEnumerable<Figure> Of(ComparedGround ground) =>
        ground.Splits
            .Where(comparison => !comparison.Variant.IsDense)
            .SelectMany(comparison => comparison.Pairs)
            .Where(pair => pair.Network.Measurement!.Pictures is not null && pair.Dense?.Measurement!.Pictures is not null)
            .Take(MaximumFigures)
            .SelectMany(pair => (Figure[])
            [
                Draw("W", ("neuron", "input", "weight"), "a row is a neuron, a column an input", pair, pictures => pictures.Weights),
                Draw("WᵀW", ("input", "input", "value of WᵀW"), "a row and a column is an input; values away from the diagonal are inputs that interfere", pair, pictures => pictures.Gram),
            ]);

    private static Figure Draw(
        string matrix, (string Row, string Column, string Value) axes, string meaning, Pair pair, Func<LayerPictures, MatrixPicture> choose)
    {
        RunConfiguration run = pair.Network.Configuration;
        MatrixPicture dense = choose(pair.Dense!.Measurement!.Pictures!), network = choose(pair.Network.Measurement!.Pictures!);
        string label = ComparedGround.Label(run.Variant);
        var data = new DataTable("network", "rows", "columns", "cells drawn", "largest magnitude");
        Add("dense", dense);
        Add(label, network);
        return new Figure
        {
            Title = string.Create(CultureInfo.InvariantCulture, $"{matrix}, dense beside {label}: {run.Setting.Width} neurons, seed {run.Seed}"),
            Caption = $"{matrix} of the first layer after training: {meaning}. Both matrices have one scale; a large matrix is drawn by its largest values.",
            Data = data,
            Drawing = HeatMap.Of($"{matrix} of the dense parent and of {label}", axes, [("dense", dense), (label, network)]),
        };

        void Add(string name, MatrixPicture picture) => data.Add(
            name, picture.MatrixRows, picture.MatrixColumns,
            string.Create(CultureInfo.InvariantCulture, $"{picture.Rows} × {picture.Columns}"), (double)picture.Cells.Max(Math.Abs));
    }
}
