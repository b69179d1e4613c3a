namespace Fpe.Cli.Clusters;

/// <summary>What a command can print instead of running, to run on a cluster.</summary>
internal enum Cluster
{
    /// <summary>A batch script for a Slurm job array.</summary>
    Slurm,

    /// <summary>A manifest of a Kubernetes Indexed Job.</summary>
    Kubernetes,

    /// <summary>The container file of that job's image.</summary>
    Container,
}
