/// <reference types="vite/client" />
import './charts.css'
