enum EmptyResults {}
import GRDB
